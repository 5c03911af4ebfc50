"""Who is reminded when: what ships, what a wrong file is told, and that every rule says where it comes from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from law.datafile import LawProblem
from law.reminders import FILE, load_reminders

LAW = Path(__file__).parents[2] / "law"


def test_it_goes_up_and_never_down_within_a_ladder() -> None:
    height = {"pemegang": 0, "kantor": 0, "koordinator": 1, "atas": 2, "puncak": 3}
    read = load_reminders()
    for ladder in (read.queue, read.limit):
        heights = [height[rung.to] for rung in ladder]
        assert heights == sorted(heights)
        assert heights[-1] == 3
        assert all(rung.article and rung.version for rung in ladder)


@pytest.mark.parametrize("name", ["hours", "reminders", "deadlines"])
def test_every_rule_carries_its_article_and_version(name: str) -> None:
    data = tomllib.loads((LAW / f"{name}.toml").read_text(encoding="utf-8"))
    rows = next(value for value in data.values() if isinstance(value, list))
    assert [row["id"] for row in rows if not (row.get("article") and row.get("version"))] == []


def changed(old: str, new: str) -> str:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (changed('id = "antrean_koordinator"', 'id = "antrean_kantor"'), "more than once"),
        (changed("hours = 4", "hours = 0"), "key 'hours' should be between 1 and 400"),
        (changed("again = 8", "again = 0"), "key 'again' should be between 1 and 400"),
        (changed('to = "kantor"', 'to = "pemegang"'), "should be one of kantor, koordinator, atas, puncak"),
        (changed('to = "kantor"', 'to = "atas"'), "should begin the ladder antrean with"),
        (changed('to = "pemegang"', 'to = "kantor"'), "should be one of pemegang, koordinator"),
        (changed('when = "sesudah"', 'when = "buka"'), "nothing ends there"),
        (changed('version = "2026-11"\n', ""), "key 'version' is missing"),
        ('source = "s"\nagain = 4\n', "should begin the ladder antrean"),
    ],
)
def test_a_wrong_ladder_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "tangga.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawProblem, match=re.escape(sentence)):
        load_reminders(path)
