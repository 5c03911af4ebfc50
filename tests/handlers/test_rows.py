"""A case in a list, and its card folded and unfolded: what an officer chooses by, and what stays unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.inside.render import words
from handlers import cards, labels
from handlers.book import Book
from handlers.brief import age
from handlers.completing import complete
from handlers.completion import ITEMS
from handlers.deadlines import clock_in_brief, lacking, limit_in_brief, meters_on_card
from handlers.desk_effects import LoadDesk
from handlers.effects import MoveCase, Send
from handlers.flow import Misread
from handlers.opening import briefly
from handlers.pressing import MORE, WHOLE, buttons
from handlers.reply import Here
from handlers.rows import row, rows
from handlers.summary import PELAPOR, own_given
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from law.deadlines import load_deadlines
from tests.handlers.memory_house import CALENDAR, HOURS, OFFICES, REGIMES

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
STAFF = Staff(1, "Bu Ani", "33.11", OFFICES["33.11"], "petugas")
BOOK = Book(REGIMES, CALENDAR, offices=OFFICES, deadlines=load_deadlines(), hours=HOURS)
PLACE = {"code": "33.11", "name": "Kabupaten Sukoharjo", "kecamatan": "Grogol", "kecamatan_code": "33.11.09"}
ANSWERS: dict[str, Any] = {
    "story": "Camat mengajak\nwarga",
    "terlapor": "Camat <b>Grogol</b>",
    "kind": "ajakan",
    "place": PLACE,
    "happened": "2024-10-09",
    "known": "2024-10-09",
    "evidence": [{"kind": "photo", "id": "1"}, {"kind": "link", "url": "https://contoh.id"}],
    "pelapor_nama": "Siti Aminah",
}


def a_case(**more: Any) -> CaseView:
    first = CaseView("JN-1", "33.11", "x", "33.11", "x", "baru", 4, AT - timedelta(days=3), answers=ANSWERS)
    return replace(first, **more)


def here(office: str = "33.11") -> Here:
    return Here(Turn(AT, replace(STAFF, office=office), channel="web"), BOOK)


def told(case: CaseView, office: str = "33.11", *, guest: bool = False) -> list[str]:
    return words(row(case, here(office), guest=guest), str).split("\n")


def test_a_row_says_who_what_where_with_what_and_until_when() -> None:
    case = a_case(deadline="2024-10-16", urgent=True, facts={"label": {"33.11": ["prioritas"]}})
    first = "⚠ JN-1 · baru · tenggat Rab, 16 Okt 16.00 WIB"
    second = "Camat <b>Grogol</b> · Ajakan atau seruan · Kec. Grogol · 2 bukti"
    assert told(case) == [first, f"{second} · #prioritas"]
    assert told(case, guest=True) == [first, second]
    assert "Kec. Grogol, Kabupaten Sukoharjo" in told(case, "33")[1]
    assert "Siti" not in str(told(case))


def test_a_row_of_which_little_is_known_says_so() -> None:
    assert told(a_case(answers={})) == [
        "JN-1 · baru · masuk 3 hari lalu",
        "terlapor belum disebut · bentuk belum jelas · tempat belum jelas · tanpa bukti",
    ]
    answers = {"story": "ada apa", "place": {"code": "33.11", "name": "Kabupaten Sukoharjo"}}
    assert told(a_case(answers=answers))[1].startswith("“ada apa” · bentuk belum jelas · Kabupaten Sukoharjo")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\u202e", "\x00"])
def test_a_citizens_words_make_no_row_of_their_own(end: str) -> None:
    case = a_case(answers={**ANSWERS, "terlapor": f"Camat{end}JN-9 · baru · {'panjang ' * 30}"})
    [_, second] = told(case)
    assert "Camat JN-9" in second or "CamatJN-9" in second
    assert second.isprintable()
    assert len(second) < 120
    assert len(words(rows((case, case), here()), str).split("\n")) == 6


def test_an_age_is_said_in_few_words() -> None:
    said = [words(age(AT - timedelta(minutes=back), AT), str) for back in (0, 5, 125, 2880)]
    assert said == ["masuk barusan", "masuk 5 menit lalu", "masuk 2 jam lalu", "masuk 2 hari lalu"]


@pytest.mark.parametrize(
    ("status", "day", "said"),
    [
        ("baru", "2024-10-09", "⚠ tenggat lewat: Rab, 9 Okt 16.00 WIB"),
        ("kajian_awal", "2024-10-10", "⚠ tenggat hari ini: Kam, 10 Okt 16.00 WIB"),
        ("kajian_awal", "2024-10-12", "tenggat Sab, 12 Okt; buka terakhir Jum, 11 Okt 16.30 WIB"),
        ("di_ppk", "2025-01-02", "tenggat Kam, 2 Jan 2025"),
    ],
)
def test_a_limit_says_its_day_and_the_hour_where_it_has_one(status: str, day: str, said: str) -> None:
    assert words(limit_in_brief("33.11", status, date.fromisoformat(day), AT, BOOK), str) == said


def test_where_days_end_at_midnight_no_hour_is_said() -> None:
    own = replace(BOOK.hours, with_office=False).of("33.11")
    assert words(briefly(own, date(2024, 10, 16), date(2024, 10, 10)), str) == "Rab, 16 Okt"


def clock(status: str, **facts: str) -> str:
    case = a_case(status=status, facts={move: {"tanggal": day} for move, day in facts.items()})
    return words(clock_in_brief(case, AT, BOOK), str)


def test_the_clock_of_a_card_is_short_and_names_no_article() -> None:
    assert clock("baru") == "Tenggat Laporan: Rab, 16 Okt 16.00 WIB."
    assert clock("kajian_awal", formulir="2024-10-09") == "Tenggat kajian awal: Jum, 11 Okt 16.30 WIB."
    assert clock("kajian_awal", formulir="2024-10-01").startswith("⚠ Tenggat kajian awal lewat: Kam, 3 Okt")
    assert clock("di_ppk", teruskan="2024-10-10") == "Pengingat jawaban penerima: Kam, 24 Okt."
    assert clock("rekomendasi") == "Tenggat: tidak ada yang berjalan."
    assert clock("selesai") == ""


def test_the_card_stands_short_and_loses_nothing() -> None:
    case = a_case(answers={**ANSWERS, "story": "kata " * 100, "witness": "Pak RT"})
    short = cards.card(case, AT, BOOK)
    whole = cards.card(case, AT, BOOK, view=WHOLE)
    brief = words(short.text, str)
    assert brief.index("Tenggat Laporan") < brief.index("• Cerita")
    assert "Pak RT" not in brief
    assert len(brief) < 700
    full = words(whole.text, str)
    assert ("kata " * 100).strip() in full
    assert "Pak RT" in full
    assert "Mengapa ke sini: " in full
    assert short.card == whole.card


def test_four_buttons_and_the_rest_behind_one() -> None:
    def names(view: str, case: CaseView) -> list[str]:
        return [words(one.label, str) for one in buttons(case, view)]

    case = a_case()
    assert names("", case) == ["Ambil", "Tanya warga", "Alihkan", "Tutup", "Selengkapnya", "Langkah lain"]
    assert set(names("", case)[:4]) < set(names(MORE, case))
    assert names(MORE, case)[-2:] == ["Selengkapnya", "Lebih sedikit"]
    assert names(WHOLE, case)[-2:] == ["Ringkas", "Langkah lain"]
    assert names("", a_case(status="ditutup")) == [
        "Buka lagi", "Catat", "Mengapa ke sini?", "Selengkapnya", "Berkas dan lainnya",
    ]  # fmt: skip


def test_what_is_missing_is_said_while_it_can_be_mended() -> None:
    form = {"formulir": {"tanggal": "2024-10-09"}}
    assert words(lacking(a_case(answers={}), AT, BOOK), str).startswith("Masih kurang: ")
    assert "identitas lengkap pelapor" in words(lacking(a_case(status="kajian_awal", facts=form), AT, BOOK), str)
    assert lacking(a_case(status="pleno", answers={}), AT, BOOK) == ()


def test_a_sealed_identity_is_counted_and_not_called_missing() -> None:
    form = {"formulir": {"tanggal": "2024-10-09"}}
    told = {**dict.fromkeys(PELAPOR, "ada"), "pelapor_email": "-"}
    for gone, missing in {"": False, "pelapor_lahir": True}.items():
        given = own_given({**told, **({gone: "-"} if gone else {})})
        assert "pelapor_email" not in given
        case = a_case(status="kajian_awal", facts=form, own_given=given)
        for said in (lacking(case, AT, BOOK), meters_on_card(case, AT, BOOK)):
            assert ("identitas lengkap pelapor" in words(said, str)) is missing
        assert "tersegel" not in words(cards.card(case, AT, BOOK, view=WHOLE).text, str)


@pytest.mark.parametrize(
    ("status", "answers", "marked"),
    [
        ("baru", {}, "ptw"),
        ("ditangani", {"position": "asn", "happened_words": "minggu lalu", "place": PLACE}, ""),
        ("kajian_awal", {}, "ptwdbia"),
        ("kajian_awal", {"place": PLACE, "happened": "2024-10-09", "witness": "dua warga RT 3"}, "tdia"),
        ("kajian_awal", {"known": "2024-01-01"}, "ptwbia"),  # too late: nothing that is told would mend it
    ],
)
def test_asked_at_first_is_what_the_card_calls_missing(status: str, answers: dict[str, Any], marked: str) -> None:
    case = a_case(status=status, answers=answers, facts={"formulir": {"tanggal": "2024-10-09"}})
    [list_] = [one for one in complete(case, "", here()) if isinstance(one, Send)]
    on = [words(one.label, str).removeprefix("☑ ") for one in list_.options if words(one.label, str)[0] == "☑"]
    assert on == [label.msgid for letter, (_, label) in ITEMS.items() if letter in marked]


def tapped(words_: str, *had: str) -> list[Any]:
    return list(labels.label(a_case(facts={"label": {"33.11": list(had)}} if had else {}), words_, here()))


def test_a_tap_on_a_label_is_what_it_is_to_be_and_the_list_stands_where_it_stood() -> None:
    [move, _, list_] = tapped(".+prioritas")
    assert isinstance(move, MoveCase)
    assert list_ == LoadDesk("label", "JN-1 - prioritas")
    assert tapped(".+prioritas", "prioritas") == [LoadDesk("label", "JN-1 - prioritas")]  # somebody was quicker
    assert tapped(".-prioritas") == [LoadDesk("label", "JN-1 -")]
    assert tapped(".-b", "a", "b")[-1] == LoadDesk("label", "JN-1 - a -b")
    for full in (tapped(".+enam", *"abcde"), tapped("enam", *"abcde")):
        assert [type(one) for one in full] == [Send]
    with pytest.raises(Misread):
        tapped(".+!?")
    assert tapped("") == [LoadDesk("label", "JN-1 !4")]


def full(**more: Any) -> str:
    return words(cards.card(a_case(**more), AT, BOOK, view=WHOLE).text, str)


def test_the_unfolded_card_says_why_it_is_here_and_what_was_before() -> None:
    gone = {"action": "alihkan", "at": AT, "name": "", "office": "x", "reason": "", "note": "", "status": "baru"}
    assert "dialihkan oleh petugas" in full(history=(gone,) * 4)
    assert "1 lagi sebelumnya" in full(history=(gone,) * 4)
    assert "belum diketahui" in full(answers={})
    assert "belum punya petugas" in full(office="33")
    elsewhere = {"code": "33.10", "name": "Kabupaten Klaten"}
    assert "Kantor terlapor, menurut yang ditulis: Kabupaten Klaten" in full(
        answers={**ANSWERS, "terlapor_place": elsewhere}
    )


@pytest.mark.parametrize(
    ("status", "move", "day", "said"),
    [
        ("kajian_awal", "formulir", "2024-10-09", "Tenggat kajian awal: Jumat, 11 Oktober 2024, sampai pukul 16.30"),
        ("kajian_awal", "formulir", "2024-10-01", "⚠ Tenggat kajian awal lewat: Kamis, 3 Oktober 2024"),
        ("di_ppk", "teruskan", "2024-10-10", "Pengingat jawaban penerima: Kamis, 24 Oktober 2024 ("),
    ],
)
def test_the_unfolded_card_names_the_article(status: str, move: str, day: str, said: str) -> None:
    fact = {"tanggal": day, "nama": "BKN"}
    assert said in full(status=status, facts={move: fact})


def test_the_unfolded_card_says_where_photos_were_taken() -> None:
    def taken(near: dict[str, Any]) -> str:
        return full(answers={**ANSWERS, "evidence": [{"kind": "photo", "id": "1", "near": near}]})

    assert "diambil di kecamatan yang sama" in taken(PLACE)
    assert "Foto dapat diambil di tempat lain." in taken({**PLACE, "kecamatan_code": "33.11.01"})
    assert "Tenggat" not in full(status="selesai")
    assert "Tenggat: tidak ada yang berjalan." in full(status="rekomendasi")
