"""Doubles in the core alone: what is refused and why, what a card says, and what is alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers import joins, news
from handlers.effects import Send
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.likeness import Marks, alike, asked_strong, asked_weak, marks_of, strong, weak
from handlers.pairs import LoadPair, PairCases, PairLoaded, SeparateCase, Similar
from handlers.reply import Here
from handlers.state import State
from handlers.steps import refused, ways
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_desk import DictHouse

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
BOOK = DictHouse("web").book
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")


def case(ticket: str, **more: Any) -> CaseView:
    plain: dict[str, Any] = {"office": "33.11", "office_name": "Sukoharjo", "home": "33.11", "home_name": "Sukoharjo",
                             "status": "baru", "rev": 3, "created": AT}  # fmt: skip
    return CaseView(ticket, **{**plain, **more})


def here(**more: Any) -> Here:
    return Here(Turn(AT, staff=ANI, **more), BOOK)


B, A = case("JN-ZQ4C-CVSG"), case("JN-8T59-2D58")


def said(effects: Any) -> str:
    return str([one.text for one in effects if isinstance(one, Send)])


def paired(one: CaseView | None, other: CaseView | None, command: str = "gabung", **turn: Any) -> tuple[Any, ...]:
    return joins.pair_loaded(State(), PairLoaded(one, other, command), here(**turn)).effects


def test_what_is_asked_for() -> None:
    assert joins.join(B, f" {A.ticket}. ", here()) == (LoadPair(B.ticket, A.ticket, "gabung"),)
    assert joins.unlike(B, A.ticket, here()) == (LoadPair(B.ticket, A.ticket, "beda"),)
    with pytest.raises(Misread):
        joins.join(B, "yang kemarin", here())
    assert "Ada usul" in said(joins.join(replace(B, facts={"usul": {"rev": 3}}), A.ticket, here()))
    assert "memuat kasus" in said(joins.join(replace(B, joined=("JN-1",)), A.ticket, here()))
    assert paired(B, A)[0] == PairCases("gabung", B.ticket, 3, A.ticket, 3)
    assert paired(B, A, "beda")[0] == PairCases("beda", B.ticket, 3, A.ticket, 3)
    joined = replace(B, status="digabung", main=A.ticket)
    assert joins.part(joined, "", here()) == (LoadPair(B.ticket, A.ticket, "pisah"),)
    assert paired(joined, A, "pisah")[0] == SeparateCase(B.ticket, 3)
    assert "langkah berikutnya ada di kasus itu" in said(ways(joined, "", here()))
    assert "tidak Anda lihat" in said(ways(replace(joined, main=""), "", here()))
    assert joins.part(joined, "Ya", here()) == (LoadPair(B.ticket, A.ticket, "pisahkan"),)
    row = {"action": "gabungan", "note": B.ticket, "status": "ditangani"}
    over = replace(A, status="ditutup", history=(row,))
    [asked] = paired(joined, over, "pisah")
    assert isinstance(asked, Send)
    assert f"/pisah {B.ticket} ya @3" in [one.data for one in asked.options]
    assert paired(joined, over, "pisahkan")[0] == SeparateCase(B.ticket, 3, told=True)
    before = replace(over, history=({**row, "status": "ditutup"},))
    assert paired(joined, before, "pisah")[0] == SeparateCase(B.ticket, 3)
    assert "tidak digabung" in said(joins.part(B, "", here()))


def test_what_is_refused() -> None:
    nothing = [paired(None, A), paired(B, None), paired(B, replace(A, office="32.01"))]
    nothing += [paired(B, A, private=False, group_office="33.09")]
    assert {said(one) for one in nothing} == {said(paired(None, None))}
    assert "PairCases" in str(paired(B, A, private=False, group_office="33.11"))
    assert "kasus yang sama" in said(paired(B, B))
    assert "sedang ditawarkan" in said(paired(B, replace(A, offered="33.09", offered_name="Boyolali")))
    assert "tidak dapat digabungkan ke sana" in said(paired(B, replace(A, status="selesai")))
    province = replace(ANI, office="33")
    waiting = replace(A, facts={"usul": {"rev": 3}})
    waits = [paired(B, waiting, command) for command in ("gabung", "pisah", "beda")] + [paired(waiting, B, "beda")]
    assert {said(one) for one in waits} == {said(joins.join(waiting, B.ticket, here()))}
    assert paired(B, replace(waiting, rev=4))[0] == PairCases("gabung", B.ticket, 3, A.ticket, 4), "it is void"
    apart = joins.pair_loaded(
        State(), PairLoaded(B, replace(A, office="33.09"), "gabung"), Here(Turn(AT, staff=province), BOOK)
    )
    assert "/alihkan" in said(apart.effects)
    assert "sudah digabung ke" in str(refused("gabung", replace(B, status="digabung", main=A.ticket), ANI))
    assert "jadi tidak dapat digabungkan" in str(refused("gabung", replace(B, status="pleno"), ANI))
    assert refused("gabung", B, ANI) is None
    not_yet = [paired(B, replace(A, barred=frozenset({9}))), paired(replace(B, joined=("JN-1",)), A)]
    assert {said(one) for one in not_yet} == {said(not_yet[0])}
    assert "mintalah koordinator memeriksa keduanya" in said(not_yet[0])
    assert paired(B, replace(A, barred=frozenset({9})), "beda")[0] == PairCases("beda", B.ticket, 3, A.ticket, 3)


def test_a_panwascam_sees_of_others_only_those_of_their_kecamatan() -> None:
    history = (
        {"action": "gabungan", "note": "JN-1"},
        {"action": "catat", "note": "JN-1"},
        {"action": "beda", "note": "JN-2"},
    )
    told = {"similar": (Similar("JN-1", "baru", 1, ("nama",)), Similar("JN-2", "baru", 1, ("nama",)))}
    one = replace(A, kecamatan="33.11.09", joined=("JN-1", "JN-2"), history=history, apart=frozenset({"JN-1"}), **told)
    near = replace(ANI, role="panwascam", kecamatan="33.11.09")
    far = replace(near, id=8, kecamatan="33.11.12")  # it was put into their hands
    assert joins.seen_by(one, ANI) == joins.seen_by(one, near, ANI) == one
    seen = joins.seen_by(one, near)
    assert (seen.joined, [each.ticket for each in seen.similar]) == (("JN-2",), ["JN-2"])
    assert [row["note"] for row in seen.history] == [joins.ELSEWHERE, "JN-1", "JN-2"]
    assert joins.seen_by(one, far) == joins.veiled(one)
    assert [row["note"] for row in joins.veiled(one).history] == [joins.ELSEWHERE, "JN-1", joins.ELSEWHERE]
    below = replace(B, status="digabung", main=A.ticket, apart=frozenset({A.ticket}), kecamatan="33.11.09")
    assert A.ticket in str((joins.lines(below), joins.alone(below)))
    hidden = joins.seen_by(below, near)
    assert A.ticket not in str((joins.lines(hidden), joins.alone(hidden), joins.part(hidden, "", here())))
    assert joins.alone(hidden) == ()
    assert "mintalah koordinator memisahkannya" in said(joins.part(hidden, "", here()))
    assert "kasus lain" in str(refused("gabung", hidden, ANI))


def test_the_card() -> None:
    assert joins.lines(B) == joins.buttons(B) == ()
    many = tuple(f"JN-{number}" for number in range(7))
    assert "dan {count} lagi" in str(joins.lines(replace(A, joined=many)))
    assert "dan {count} lagi" not in str(joins.lines(replace(A, joined=many[:5], main="JN-9")))

    def pressed(one: CaseView, **other: Any) -> list[str]:
        like = replace(
            one, similar=(Similar(A.ticket, **{"status": "baru", "rev": 5, "why": ("foto", "waktu"), **other}),)
        )
        assert "foto" in str(joins.lines(like))
        return [option.data for option in joins.buttons(like) if option.data.startswith("/gabung")]

    mine, theirs = [f"/gabung {B.ticket} {A.ticket} @3"], [f"/gabung {A.ticket} {B.ticket} @5"]
    assert pressed(B) == mine
    assert pressed(B, newer=True) == theirs
    assert pressed(B, newer=True, status="pleno") == mine
    assert pressed(replace(B, joined=("JN-1",))) == theirs
    assert pressed(replace(B, status="pleno"), status="pleno") == []
    assert len(joins.alone(replace(B, main=A.ticket))) == 2
    history = ({"action": "gabungan", "note": "JN-1"}, {"action": "catat", "note": "x"})
    veiled = joins.veiled(replace(B, main="JN-1", joined=("JN-2",), history=history))
    assert (veiled.main, veiled.joined, [row["note"] for row in veiled.history]) == ("", (), ["kasus lain", "x"])


def test_what_the_others_hear() -> None:
    for status, shared in (("kajian_awal", True), ("kajian_awal", False)):
        moved = CaseMoved("JN-1", status, "Sukoharjo", shared=shared)
        told = said(news.case_moved(State(), moved, here()).effects)
        assert ("formulir yang ditandatangani" in told) is not shared


# --- alike ----------------------------------------------------------------------------------------------------------

PLACE = {"code": "33.11", "name": "Kabupaten Sukoharjo", "kecamatan": "Grogol", "kecamatan_code": "33.11.09"}
LONG = (
    "mohon diperiksa pembagian sembako oleh oknum di gudang belakang rumah, warga antre sejak subuh membawa kupon merah"
)


def marks(story: str = "", told: int = 10, files: Any = (), **more: Any) -> Marks:
    return marks_of({"story": story, "place": PLACE, **more}, date(2024, 10, told), files)


def test_files_and_pictures() -> None:
    one = marks(files=[{"sha256": "aa", "phash": "00000000000000ff 0f00000000000000"}], told=1)
    same, near = marks(files=[{"sha256": "aa"}], told=28), marks(files=[{"phash": "000000000000ff00"}], told=28)
    assert alike(one, same) == ("berkas",)
    assert alike(one, near) == ()
    assert alike(one, marks(files=[{"phash": "00000000000000f1"}], told=28)) == ("foto",)
    for other in (same, marks(files=[{"phash": "00000000000000f1"}])):
        assert set(asked_strong(one)) & set(strong(other))
    assert not set(asked_strong(marks())) & set(strong(one))


def test_stories_people_places_and_days() -> None:
    assert alike(marks(LONG), marks(f"{LONG} tolong", 14)) == ("cerita",)
    assert alike(marks(LONG), marks(LONG, 25)) == ()
    assert alike(marks("camat ikut konvoi motor di lapangan"), marks("konvoi motor, pak camat ikut")) == (
        "cerita", "jabatan", "kecamatan", "masuk",
    )  # fmt: skip
    assert alike(marks("camat ikut konvoi motor"), marks("lurah ikut konvoi motor")) == ()
    assert alike(marks("konvoi motor paslon 1"), marks("konvoi motor paslon 2")) == ()
    assert alike(marks("camat", terlapor="Pak Bambang Sutopo"), marks("x", terlapor="Bambang Sutopo, camat")) == (
        "bernama", "jabatan", "kecamatan", "masuk",
    )  # fmt: skip
    assert alike(marks("a", terlapor="Bambang Sutopo"), marks("b", terlapor="Siti Aminah")) == ()
    assert alike(marks("bagi uang amplop", terlapor="Bambang"), marks("Bambang bagi amplop uang")) == (
        "cerita", "bernama", "kecamatan", "masuk",
    )  # fmt: skip
    elsewhere = {**PLACE, "kecamatan_code": "33.11.01"}
    assert alike(marks("camat ikut konvoi motor"), marks("camat ikut konvoi motor", place=elsewhere)) == ()
    unknown = {**PLACE, "kecamatan_code": ""}
    assert "cerita" in alike(marks("bidan ikut konvoi motor"), marks("konvoi motor bidan", place=unknown))
    assert alike(marks("ikut konvoi motor besar"), marks("ikut konvoi motor besar", place=unknown)) == ()
    assert alike(marks("ikut konvoi motor besar"), marks("konvoi motor besar")) == (
        "cerita", "kecamatan", "masuk",
    )  # fmt: skip
    assert alike(marks("lihat konvoi motor", happened="2024-10-01"), marks("konvoi motor", happened="2024-10-03")) == ()
    office, alone = [marks(terlapor=name).names for name in ("kepala dinas pertanian Yulia", "Yulia")]
    assert len(office) == 2  # the post, and the name; not what the post is of
    assert alone < office


def test_what_has_no_place_has_no_day() -> None:
    nowhere = marks_of({"story": "x"}, date(2024, 10, 10))
    assert weak(nowhere) == asked_weak(nowhere) == []
    assert set(weak(marks("x"))) <= set(asked_weak(marks("x", 12)))
    assert strong(marks(LONG)) == asked_strong(marks(LONG))
    assert len(strong(marks(LONG))) == 6
