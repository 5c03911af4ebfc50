"""The office's clocks: against an oracle that counts day by day, and what a wrong file is told."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from holidays import country_holidays

from handlers.life import MOVES, STATUSES
from law.datafile import LawProblem
from law.deadlines import load_deadlines, running
from law.rules import load_regimes

if TYPE_CHECKING:
    from pathlib import Path

REGIMES, DEADLINES = load_regimes(), load_deadlines()
CASES = 10_000
SEED = 20241127
DECREED = country_holidays("ID", years=range(2023, 2029), categories=("public",), language="id")
RESTS = {day for day, name in DECREED.items() if "perkiraan" not in name}
DAYS = {  # days, working days?, by regime and state; said once more, by hand
    ("pilkada", "kajian_awal"): (2, False), ("pemilu", "kajian_awal"): (2, False),
    ("pilkada", "dilengkapi"): (2, False), ("pemilu", "dilengkapi"): (2, False),
    **{("pilkada", state): (3, False) for state in ("temuan", "diregistrasi", "klarifikasi", "kajian", "pleno")},
    **{("pemilu", state): (7, True) for state in ("temuan", "diregistrasi", "klarifikasi", "kajian", "pleno")},
    **{(name, state): (14, False) for name in REGIMES for state in ("diteruskan", "diverifikasi", "di_ppk")},
}  # fmt: skip
HANDLED, MORE = {"temuan", "diregistrasi", "klarifikasi", "kajian", "pleno"}, {"pilkada": 2, "pemilu": 7}
FROM = {
    "kajian_awal": ("formulir", "lengkap"), "dilengkapi": ("kurang",),
    **dict.fromkeys(("temuan", "diregistrasi", "klarifikasi", "kajian", "pleno"), ("registrasi", "temuan")),
    **dict.fromkeys(("diteruskan", "diverifikasi", "di_ppk"), ("teruskan", "verifikasi", "ppk")),
}  # fmt: skip


def oracle(regime: str, state: str, facts: dict[str, Any]) -> date | None:
    """Day by day, the slow and plain way."""
    starts = [facts[move]["tanggal"] for move in FROM.get(state, ()) if move in facts]
    if (regime, state) not in DAYS or not starts:
        return None
    (left, working), day = DAYS[regime, state], date.fromisoformat(max(starts))
    left += MORE[regime] if state in HANDLED and "perpanjang" in facts else 0
    while left > 0:
        day = day + timedelta(days=1)
        rests = working and (day.isoweekday() in {6, 7} or day in RESTS)
        left = left if rests else left - 1
    return day


def test_ten_thousand_cases_against_an_oracle() -> None:
    chance = random.Random(SEED)
    counted = 0
    for _ in range(CASES):
        regime, state = chance.choice(list(REGIMES)), chance.choice(list(STATUSES))
        moves = chance.sample(list(MOVES), chance.randrange(len(MOVES)))
        first = date(2023, 1, 1)
        facts = {move: {"tanggal": (first + timedelta(days=chance.randrange(1500))).isoformat()} for move in moves}
        found = running(DEADLINES, REGIMES[regime], state, facts)
        assert (found.last_day if found else None) == oracle(regime, state, facts)
        counted += found is not None
    assert counted > CASES / 20  # enough of them had a clock at all


def test_the_file_names_moves_and_states_that_there_are() -> None:
    for one in DEADLINES:
        assert set(one.after) <= set(MOVES)
        assert one.during <= set(STATUSES)
        assert one.prolonged is None or one.prolonged.by == "perpanjang"
        assert one.regimes <= set(REGIMES)


ROW = """[[deadline]]
id = "a"
label = "a"
regimes = ["pilkada"]
days = 2
counts = "kalender"
after = ["formulir"]
during = ["kajian_awal"]
article = "x"
version = "1"
legal = true
confidence = "A"
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('source = "s"\n' + ROW + ROW, "more than once"),
        ('source = "s"\n' + ROW.replace("days = 2", "days = 0"), "between 1 and 366"),
        ('source = "s"\n' + ROW.replace('"kalender"', '"bulan"'), "should be one of kalender, kerja"),
        ('source = "s"\n' + ROW.replace("true", '"ya"'), "true or false"),
        ('source = "s"\n' + ROW + "kata = 1\n", "not known here"),
        ('source = "s"\n' + ROW + 'prolonged = { days = 0, by = "x", label = "y" }\n', "between 1 and 366"),
        ('source = "s"\n' + ROW + "prolonged = { days = 1 }\n", "by"),
        ('source = "s"\n' + ROW.replace('version = "1"\n', ""), "version"),
        (ROW, "source"),
    ],
)
def test_wrong_data_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "deadlines.toml"
    file.write_text(text)
    with pytest.raises(LawProblem, match=sentence):
        load_deadlines(file)
