"""Which stage holds where and when, and what a wrong calendar is told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from law.calendar import FILE, Calendar, LawProblem

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR = Calendar.load()
ANYWHERE = ["33.11", "33", "RI", "", "33.11.07", "94.01"]


@pytest.mark.parametrize(
    ("day", "regime", "phase"),
    [
        ("2024-05-05", "pilkada", "pencalonan perseorangan"),
        ("2024-08-27", "pilkada", "pendaftaran"),
        ("2024-09-21", "pilkada", "penelitian calon"),
        ("2024-09-22", "pilkada", "penetapan calon"),
        ("2024-09-25", "pilkada", "kampanye"),
        ("2024-11-23", "pilkada", "kampanye"),
        ("2024-11-24", "pilkada", "masa tenang"),
        ("2024-11-26", "pilkada", "masa tenang"),
        ("2024-11-27", "pilkada", "pemungutan suara"),
        ("2024-12-16", "pilkada", "rekapitulasi"),
        ("2023-11-28", "pemilu", "kampanye"),
        ("2024-02-12", "pemilu", "masa tenang"),
        ("2024-02-14", "pemilu", "pemungutan suara"),
    ],
)
@pytest.mark.parametrize("code", ANYWHERE)
def test_stages_of_2024_hold_everywhere(code: str, day: str, regime: str, phase: str) -> None:
    stage = CALENDAR.stage(code, date.fromisoformat(day))
    assert stage is not None
    assert (stage.regime, stage.phase) == (regime, phase)


@pytest.mark.parametrize("day", ["2024-03-21", "2024-05-04", "2024-12-17", "2025-03-22", "2026-11-22"])
def test_outside_any_stage_there_is_none(day: str) -> None:
    assert CALENDAR.stage("33.11", date.fromisoformat(day)) is None


def test_a_re_vote_holds_in_its_own_kabupaten_and_nowhere_else() -> None:
    magetan, lawang = date(2025, 3, 22), date(2025, 4, 19)
    for code in ("35.20", "35.20.03"):
        stage = CALENDAR.stage(code, magetan)
        assert stage is not None
        assert stage.name == "PSU Magetan 2025"
    assert [CALENDAR.stage(code, magetan) for code in ("35.2", "35.201", "35", "35.21", "RI", "")] == [None] * 6
    found = CALENDAR.stage("16.11", lawang)
    assert found is not None
    assert found.regime == "pilkada"


def test_within_a_stage_no_day_is_left_out() -> None:
    day = date(2024, 5, 5)
    while day <= date(2024, 12, 16):
        assert CALENDAR.stage("33.11", day), day
        day += timedelta(days=1)


ROW = """[[stage]]
regime = "pilkada"
name = "Pilkada 2024"
phase = "kampanye"
regions = "semua"
from = 2024-09-25
to = 2024-11-23
source = "PKPU 2/2024"
confidence = "A"
"""
LOCAL = ROW.replace('"semua"', '["33.11"]').replace("kampanye", "kampanye ulang")


def load(folder: Path, text: str) -> Calendar:
    path = folder / "kalender.toml"
    path.write_text(text, encoding="utf-8")
    return Calendar.load(path)


def test_a_region_s_own_entry_beats_the_general_one(tmp_path: Path) -> None:
    calendar = load(tmp_path, ROW + LOCAL)
    day = date(2024, 10, 1)
    phases = [stage.phase for code in ("33.11.01", "33.11", "33.12") if (stage := calendar.stage(code, day))]
    assert phases == ["kampanye ulang", "kampanye ulang", "kampanye"]


def test_an_empty_calendar_is_no_stage_anywhere(tmp_path: Path) -> None:
    assert load(tmp_path, "").stage("33.11", date(2024, 10, 1)) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ROW + ROW, "stage[2]: overlaps kalender.toml, stage[1] for region semua from 2024-09-25"),
        (LOCAL + LOCAL.replace("2024-09-25", "2024-11-23"), "overlaps"),
        (ROW.replace('"semua"', '["33.11", "33.11"]'), "overlaps"),
        (ROW.replace('"pilkada"', '"pilkades"'), "key 'regime' should be one of pemilu, pilkada, not 'pilkades'"),
        (ROW.replace('"pilkada"', '"luar_tahapan"'), "key 'regime' should be one of pemilu, pilkada"),
        (ROW.replace("2024-11-23", "2024-09-24"), "key 'to' (2024-09-24) lies before 'from' (2024-09-25)"),
        (ROW.replace("2024-11-23", '"2024-11-23"'), "key 'to' should be a date"),
        (ROW.replace("from = 2024-09-25\n", ""), "key 'from' is missing"),
        (ROW.replace('"semua"', '"semuanya"'), "key 'regions' should be \"semua\" or a list of codes"),
        (ROW.replace('"semua"', '["3311"]'), "not '3311'"),
        (ROW.replace('"semua"', "[]"), "key 'regions' should be a list of texts"),
        (ROW.replace("regions", "wilayah"), "key 'wilayah' is not known here"),
        (ROW.replace('regions = "semua"\n', ""), "key 'regions' should be"),
        (ROW.replace("[[stage]]", "[stage]"), "key 'stage' should be tables [[stage]]"),
        ("tahap = 1", "key 'tahap' is not known here"),
        ("[[stage]", "is no valid TOML"),
    ],
)
def test_a_wrong_calendar_is_refused_with_file_and_key(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(LawProblem, match=re.escape(sentence)) as told:
        load(tmp_path, text)
    assert "kalender.toml" in str(told.value)


def test_a_calendar_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawProblem, match="cannot be read"):
        Calendar.load(tmp_path / "tidak-ada.toml")


def test_neighbouring_stages_do_not_overlap(tmp_path: Path) -> None:
    text = ROW + ROW.replace("2024-11-23", "2024-11-26").replace("2024-09-25", "2024-11-24")
    assert len(load(tmp_path, text).entries) == 2


def test_every_row_of_ours_says_where_it_comes_from() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count("[[stage]]") == text.count("\nsource = ") == text.count("\nconfidence = ")
