"""The days of rest: what a wrong file is told, and what is known of years that nobody decreed yet."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from law.datafile import LawProblem
from law.decreed import drawn
from law.holidays import FILE, load_holidays

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_is_what_the_pinned_library_says() -> None:
    assert FILE.read_text(encoding="utf-8") == drawn()


def test_after_the_last_decree_only_fixed_days_rest() -> None:
    rest = load_holidays()
    assert date(2035, 8, 17) in rest
    assert date(2024, 4, 10) in rest  # Idul Fitri
    assert date(2034, 4, 10) not in rest


def test_what_is_guessed_is_a_working_day() -> None:
    assert 'date = 2029-02-15, name = "Hari Raya Idul Fitri", kind = "perkiraan"' in FILE.read_text(encoding="utf-8")
    assert date(2029, 2, 15) not in load_holidays(joint=True)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('day = "08-17"', 'day = "17-08"', "yearly[4]: key 'day' should be month and day"),
        ('day = "08-17"', 'day = "02-30"', "yearly[4]: key 'day'"),
        ('kind = "libur"', 'kind = "mungkin"', "day[1]: key 'kind' should be one of"),
        ("date = 2023-01-01", 'date = "1 Januari"', "day[1]: key 'date'"),
        ("until = ", "sampai = ", "key 'sampai' is not known here"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "libur.toml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawProblem, match=re.escape(f"libur.toml, {sentence}" if "[" in sentence else sentence)):
        load_holidays(wrong)
    with pytest.raises(LawProblem, match="cannot be read"):
        load_holidays(tmp_path / "absent.toml")
