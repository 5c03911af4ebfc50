"""A card that one officer reads has the buttons which that officer may press; one that many read has all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.life import BARU, DIGABUNG, DITANGANI, DITUTUP, KAJIAN_AWAL
from handlers.pressing import MORE, PAPERS, buttons
from handlers.turn import Staff
from handlers.view import CaseView

OFFICE = "Bawaslu Kabupaten Sukoharjo"
CASE = CaseView(
    "JN-ZQ4C-CVSG", "33.11", OFFICE, "33.11", OFFICE, DITANGANI, 3, datetime(2024, 10, 10, 3, tzinfo=UTC),
    holder=1, holder_name="Bu Ani", answers={"identity": "kontak"},
)  # fmt: skip
ANI, BUDI = Staff(1, "Bu Ani", "33.11", OFFICE, "petugas"), Staff(2, "Pak Budi", "33.11", OFFICE, "petugas")
LEAD, NEAR = Staff(3, "Bu Sri", "33.11", OFFICE, "koordinator"), Staff(1, "Bu Ani", "33.11", OFFICE, "panwascam")
OFFERED = replace(CASE, status=BARU, holder=0, offered="33.09", offered_name="Bawaslu Kabupaten Boyolali")
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


def aside(case: CaseView, reader: Staff | None) -> set[str]:
    return {one.data.split()[0][1:] for one in buttons(replace(case, reader=reader), PAPERS)}


def test_papers_and_other_hands_are_a_press_away_for_whom_they_are() -> None:
    case = replace(CASE, facts={"rekomendasi": {}}, files=("a",))
    everyone = {"kabari", "berkas", "label", "kasus"}
    assert aside(case, None) == everyone | {"naskah", "bukti", "ralat", "identitas", "serahkan", "gabung"}
    assert aside(case, ANI) == everyone | {"naskah", "bukti", "ralat", "identitas", "gabung"}
    assert aside(case, BUDI) == everyone | {"naskah", "bukti"}  # who the reporter is, only who handles it asks
    assert aside(case, LEAD) == everyone | {"naskah", "bukti", "ralat", "serahkan", "gabung"}
    assert aside(case, NEAR) == everyone | {"gabung"}


def test_what_a_case_has_not_is_not_offered() -> None:
    case = replace(CASE, answers={"identity": "anonim"}, can_reach=False, status=DIGABUNG)
    assert aside(case, None) == {"berkas", "label", "kasus"}


def test_a_card_leads_there_and_who_is_only_asked_to_take_it_does_not_get_there() -> None:
    led = [one.data for one in buttons(CASE, MORE)]
    assert f"/kasus {CASE.ticket} {PAPERS}" in led
    assert f"/kasus {CASE.ticket} {PAPERS}" in [one.data for one in buttons(replace(CASE, status=DITUTUP))]
    assert all(PAPERS not in one.data for view in (PAPERS, MORE) for one in buttons(OFFERED, view, guest=True))
    assert not {"berkas", "kabari"} & {one.data.split()[0][1:] for one in buttons(OFFERED, PAPERS, guest=True)}
