"""A card that one officer reads has the buttons which that officer may press; one that many read has all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.life import BARU, DITANGANI, KAJIAN_AWAL
from handlers.pressing import MORE, buttons
from handlers.turn import Staff
from handlers.view import CaseView

OFFICE = "Bawaslu Kabupaten Sukoharjo"
CASE = CaseView(
    "JN-ZQ4C-CVSG", "33.11", OFFICE, "33.11", OFFICE, DITANGANI, 3, datetime(2024, 10, 10, 3, tzinfo=UTC),
    holder=1, holder_name="Bu Ani", answers={"identity": "kontak"},
)  # fmt: skip
ANI, BUDI = Staff(1, "Bu Ani", "33.11", OFFICE, "petugas"), Staff(2, "Pak Budi", "33.11", OFFICE, "petugas")
LEAD, NEAR = Staff(3, "Bu Sri", "33.11", OFFICE, "koordinator"), Staff(1, "Bu Ani", "33.11", OFFICE, "panwascam")
STEPS = {"telusuri", "formulir", "alihkan", "tutup", "lepas"}


def pressed(case: CaseView, reader: Staff | None) -> set[str]:
    return {one.data.split()[0][1:] for one in buttons(replace(case, reader=reader), MORE)}


@pytest.mark.parametrize("reader", [None, ANI, LEAD])
def test_the_holder_the_koordinator_and_a_group_see_the_steps(reader: Staff | None) -> None:
    assert pressed(CASE, reader) >= STEPS


def test_a_colleague_sees_no_step_and_no_contact_but_what_anyone_may() -> None:
    assert pressed(CASE, BUDI) == {"tanya", "lengkapi", "periksa", "catat", "kasus"}
    assert "kontak" in pressed(CASE, ANI)
    assert "lengkapi" not in pressed(replace(CASE, status=KAJIAN_AWAL), BUDI)


def test_whoever_comes_first_may_take_a_case_that_nobody_holds() -> None:
    assert "ambil" in pressed(replace(CASE, status=BARU, holder=0), BUDI)


def test_what_the_office_decides_is_not_on_a_panwascams_card() -> None:
    assert "lepas" in pressed(CASE, NEAR)
    assert "registrasi" not in pressed(replace(CASE, status=KAJIAN_AWAL), NEAR)
