"""Recipients: who may get a recommendation on which day; wrong data stops the start."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from law.datafile import LawProblem
from law.recipients import load_recipients, receiving

if TYPE_CHECKING:
    from pathlib import Path

RECIPIENTS = load_recipients()


@pytest.mark.parametrize(
    ("position", "day", "first", "never"),
    [
        ("asn", date(2024, 8, 24), "kasn", "bkn"),
        ("asn", date(2024, 8, 25), "bkn", "kasn"),
        ("", date(2024, 10, 1), "bkn", "propam"),
        ("kades", date(2024, 10, 1), "inspektorat", "bkn"),
        ("tni", date(2024, 10, 1), "gakkumdu", "bkn"),
        ("polri", date(2024, 10, 1), "gakkumdu", "tni"),
    ],
)
def test_the_day_and_the_position_decide(position: str, day: date, first: str, never: str) -> None:
    ids = [one.id for one in receiving(RECIPIENTS, position, day)]
    assert ids[0] == first
    assert never not in ids


ROW = '[[recipient]]\nid = "a"\nname = "A"\npositions = ["asn", "kades", "tni", "polri", "honorer", "tidak_tahu"]\nsource = "x"\nconfidence = "A"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('source = "s"\n' + ROW + ROW, "more than once"),
        ('source = "s"\n' + ROW.replace('"kades", ', ""), "names nobody for: kades"),
        ('source = "s"\n' + ROW.replace('"kades"', '"lurah"'), "holds 'lurah'"),
        ('source = "s"\n' + ROW + "from = 2024-02-01\nuntil = 2024-01-01\n", "is before 'from'"),
        ('source = "s"\n' + ROW.replace('"A"\n', '"Z"\n'), "should be one of A, B, C"),
        ('source = "s"\n' + ROW + "kata = 1\n", "not known here"),
        (ROW, "source"),
    ],
)
def test_wrong_data_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "recipients.toml"
    file.write_text(text)
    with pytest.raises(LawProblem, match=sentence):
        load_recipients(file)
