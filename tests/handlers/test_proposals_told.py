"""What is said of a proposal that an edit made void, in the words of the pure core."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from handlers.effects import Send
from handlers.happenings import happenings
from handlers.joins import opening, told
from handlers.reply import Here
from handlers.seconds import LONGEST, VOID, asked_card, goes_along, lapsed, propose
from handlers.summary import evidence_line
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_desk import DictHouse

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
BOOK = DictHouse("web").book
TICKET = "JN-7C3A-4C3A"
WISH = {"action": "tutup", "reason": "kurang_jelas", "note": "", "facts": {}, "by": 7, "name": "Bu Ani", "rev": 3}


def row(action: str, **more: Any) -> dict[str, Any]:
    return {
        "at": AT,
        "action": action,
        "name": "Pak Danu",
        "office": "",
        "note": "",
        "reason": "",
        "status": "",
        **more,
    }


def case(*rows: dict[str, Any], **more: Any) -> CaseView:
    plain: dict[str, Any] = {"office": "33.11", "office_name": "Sukoharjo", "home": "33.11", "home_name": "Sukoharjo",
                             "status": "baru", "rev": 4, "created": AT, "history": rows}  # fmt: skip
    return CaseView(TICKET, **{**plain, **more})


def ways(send: Send) -> list[str]:
    return [one.data for one in send.options]


def test_the_way_to_propose_the_same_again() -> None:
    edited = case(row("tambahan", note="dua orang"))
    assert ways(lapsed(TICKET, WISH, edited, "tambahan")) == [f"/tutup {TICKET} kurang jelas", f"/kasus {TICKET}"]
    unseal = {**WISH, "action": "identitas", "reason": "", "note": "untuk undangan"}
    assert ways(lapsed(TICKET, unseal, edited, "tambahan"))[0] == f"/identitas {TICKET} untuk undangan"
    copies = {**WISH, "action": "salinan", "reason": "", "note": "2 berkas"}
    assert ways(lapsed(TICKET, copies, edited, "tambahan"))[0] == f"/bukti {TICKET}"
    long = {**unseal, "note": "x" * LONGEST}
    assert ways(lapsed(TICKET, long, edited, "tambahan"))[0] == f"/identitas {TICKET}"
    number = {**WISH, "action": "registrasi", "reason": "", "note": "001/Reg, 10 Oktober 2024"}
    assert ways(lapsed(TICKET, number, edited, "tambahan")) == [f"/kasus {TICKET}"]  # it is not there any more
    assert lapsed(TICKET, WISH, None, "alihkan").options == ()


def test_it_stands_or_is_void_for_good() -> None:
    assert goes_along(WISH, 4, "catat")["rev"] == 4
    assert goes_along(WISH, 4, "jawab")["rev"] == VOID
    assert asked_card(TICKET, {"usul": WISH}) == f"usul:{TICKET}@3"
    assert asked_card(TICKET, {"usul": {**WISH, "rev": 9, "sejak": 3}}) == f"usul:{TICKET}@3"


def test_the_history_says_by_which_row_it_fell() -> None:
    rows = [row("usul"), row("catat"), row("jawab"), row("usul"), row("cabut"), row("usul"),
            row("tutup", reason="kurang_jelas"), row("catat")]  # fmt: skip
    fell = ["usul yang menunggu gugur" in str(line) for line in happenings(case(*rows), len(rows))]
    assert fell == [False, False, True, False, False, False, False, False]


def test_evidence_of_joined_cases_is_named_behind_the_own() -> None:
    there = (("JN-A", ("photo",)), ("JN-B", ("photo", "link")))
    joined = case(joined=("JN-A", "JN-B"), joined_evidence=there)
    assert "belum ada di sini" in str(evidence_line(told(joined)))
    own = case(joined_evidence=there[:1], answers={"evidence": [{"kind": "video"}]})
    assert "{here}; {there}" in str(evidence_line(told(own)))
    assert [one.data for one in opening(joined)] == ["/kasus JN-A", "/kasus JN-B"]


def test_who_made_the_one_before_hears_that_another_took_its_place() -> None:
    danu = Staff(8, "Pak Danu", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
    waits = case(facts={"usul": {**WISH, "rev": 4}})
    for officer, heard in ((danu, 1), (replace(danu, id=7), 0)):
        here = Here(Turn(AT, staff=officer), BOOK)
        sent = propose(waits, "salinan", {"facts": {"berkas": []}, "note": "1 berkas", "reason": ""}, here)
        assert sum("gugur" in str(one) and "'staff'" in str(one) for one in sent) == heard
        assert sum("Hanya satu usul" in str(one) for one in sent) == 1 - heard  # the own one is told beside the new
