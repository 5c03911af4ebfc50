"""What no conversation comes to by itself, and must be right all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.inside.render import words
from handlers import answers, cards, codes, hints, pelapor, places
from handlers import events as told
from handlers.book import CONSENT_VERSION, Book
from handlers.conversation import step
from handlers.deadlines import meters_on_card
from handlers.effects import Effect, OfferUpload, Send, SetTimer, T, Value
from handlers.flow import Misread, Scene, keep, put, read
from handlers.frozen import replace as replace_
from handlers.office_events import CasesFound, Invited, MorningCame
from handlers.pressing import WHOLE
from handlers.queues import home_of
from handlers.reading.phones import phones
from handlers.reading.smalltalk import small
from handlers.reading.who import guess_doer, told_doer
from handlers.reminders import life_ends, reminder
from handlers.reply import Here
from handlers.report import report
from handlers.searching import COUNTED
from handlers.standing import clock_line, officer_line, standing
from handlers.state import State, Talk
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from handlers.why import why
from law.clock import Clock
from law.ranks import load_ranks
from tests.handlers.memory_house import CALENDAR, OFFICES, REGIMES

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
STAFF = Staff(1, "Bu Ani", "33.11", OFFICES["33.11"], "petugas")
BOOK = Book(REGIMES, CALENDAR, offices=OFFICES)
TURN = Turn(AT, channel="web")
OFFICER = replace(TURN, staff=STAFF)
GROUP = Turn(AT, channel="telegram", private=False)
STORY = "Camat Grogol mengajak warga memilih paslon 2"
PHOTO = told.MediaReceived(told.Media("0" * 32, "photo"))


def said(effects: list[Effect]) -> list[str]:
    return [one.msgid for send in effects if isinstance(send, Send) for one in sentences(send.text)]


def sentences(text: Value) -> list[T]:
    if isinstance(text, tuple):
        return [one for part in text for one in sentences(part)]
    return [text] if isinstance(text, T) else []


def talking(**answered: Any) -> State:
    """A draft with consent, a story without a place, and these answers."""
    first: dict[str, Any] = {"consent": "x", "story": STORY, "story_place": False, "looked": 1}
    return State(talk=Talk("report", first | answered), asked="terlapor", serial=3)


def test_sentences_are_alike_when_their_words_and_values_are() -> None:
    assert T("{a}", a=1) == T("{a}", a=1)
    assert T("{a}", a=1) != T("{a}", a=2)
    assert len({T("x"), T("x"), T("y")}) == 2


def test_in_a_group_files_and_stickers_are_not_taken() -> None:
    _, effects = step(State(), PHOTO, GROUP, BOOK)
    assert "bukan di grup" in said(effects)[0]
    assert step(State(), told.Unsupported("sticker"), GROUP, BOOK) == (State(), [])


def test_an_answer_of_the_house_to_nobody_changes_nothing() -> None:
    late = told.PlaceFound("place", "route", "33.11", "Kabupaten Sukoharjo")
    assert step(State(), late, TURN, BOOK) == (State(), [])


def test_an_answer_of_the_house_to_a_question_for_people_is_none() -> None:
    before = State(talk=Talk("report"), asked="consent", serial=1)
    after, effects = step(before, told.PlaceFound("story", "reject"), TURN, BOOK)
    assert after.talk == before.talk
    assert effects


@pytest.mark.parametrize("reads", [places.place_found, answers.filed])
def test_the_house_is_only_answered_by_the_house(reads: Any) -> None:
    with pytest.raises(Misread):
        reads(told.TextReceived("Sukoharjo"), Scene({}, TURN, BOOK))
    assert places.place_in_story(told.Opened(), Scene({}, TURN, BOOK)) == {"story_place": False}


def test_too_short_a_first_word_opens_a_draft_without_a_story() -> None:
    after, _ = step(State(), told.TextReceived("kaos"), TURN, BOOK)
    assert after.talk is not None
    assert "story" not in after.talk.answers


def test_a_forged_button_value_is_no_answer() -> None:
    _, effects = step(
        talking(place={"code": "33.11", "name": "x"}, kind="ajakan"), told.OptionChosen("terlapor:zzz:3"), TURN, BOOK
    )
    assert "mohon dijawab dengan tulisan" in said(effects)[0]


def test_a_text_that_nobody_reads_is_not_taken() -> None:
    state = talking(place={"code": "33.11", "name": "x"}, kind="ajakan")
    after, effects = step(state, told.TextReceived("x" * 8001), TURN, BOOK)
    assert "terlalu panjang" in said(effects)[0]
    assert after.talk == state.talk


def test_a_forged_choice_is_no_addition() -> None:
    asked = State(talk=Talk("more", {"text": "ada juga sekdanya"}), asked="which", serial=3, cases=("JN-1",))
    after, effects = step(asked, told.OptionChosen("which:zzz:3"), TURN, BOOK)
    assert "pilih salah satu tombol" in said(effects)[0]
    assert after.talk == asked.talk


def test_a_forged_button_under_a_commands_question_is_refused() -> None:
    asked = State(talk=Talk("perintah", {"command": "tutup", "ticket": "JN-1", "choices": []}), asked="words", serial=3)
    after, effects = step(asked, told.OptionChosen("words:zzz:3"), replace(TURN, staff=STAFF), BOOK)
    assert "pilih salah satu tombol" in said(effects)[0]
    assert after.talk == asked.talk


SENT = State(cases=("JN-1",))


def test_an_addition_is_bounded_as_a_whole() -> None:
    state, _ = step(SENT, told.TextReceived("x" * 7000), TURN, BOOK)
    after, effects = step(state, told.TextReceived("y" * 7000), TURN, BOOK)
    assert "terlalu panjang" in said(effects)[0]
    assert after.talk == state.talk
    first, effects = step(SENT, told.TextReceived("x" * 8001), TURN, BOOK)
    assert (first, "terlalu panjang" in said(effects)[0]) == (SENT, True)
    _, effects = step(SENT, told.TextReceived("/koreksi " + "x" * 8001), TURN, BOOK)
    assert "terlalu panjang" in said(effects)[0]


def test_an_addition_waits_while_an_officer_is_answered() -> None:
    state, _ = step(SENT, told.TextReceived("saksinya Bu Rini"), TURN, BOOK)
    state, _ = step(state, told.OfficerAsked("JN-1", "Jam berapa?"), TURN, BOOK)
    state, _ = step(state, told.TextReceived("/jawab"), TURN, BOOK)
    again, _ = step(state, told.TextReceived("/jawab"), TURN, BOOK)
    assert again == state
    state, _ = step(state, told.TextReceived("jam tujuh"), TURN, BOOK)
    assert state.talk is not None
    assert (state.talk.flow, state.talk.answers["text"]) == ("more", "saksinya Bu Rini")
    kept, effects = step(state, told.TextReceived("/lapor"), TURN, BOOK)
    assert (kept.talk, "belum selesai" in said(effects)[0]) == (state.talk, True)
    assert step(state, told.Due("remind"), TURN, BOOK) == (state, [])
    end = AT + timedelta(days=30)
    assert step(state, told.Due("expire"), TURN, BOOK) == (state, [SetTimer("expire", end)])  # DRAFT_DAYS grew
    after, effects = step(state, told.Due("expire"), replace(TURN, at=end), BOOK)
    assert after.talk is None


def test_a_file_that_cannot_be_kept_counts_in_no_draft_wherever_it_is() -> None:
    files = [{"id": "a", "kind": "photo"}, {"id": "b", "kind": "photo"}]
    for where in ("talk", "paused", "dropped"):
        state = replace(
            State(), **{where: Talk("report", {"story": "…", "evidence": files, "draft": 1, "consent": "x"})}
        )
        after, effects = step(state, told.MediaFailed("a", "rusak"), TURN, BOOK)
        [left] = [one for one in (after.talk, after.paused, after.dropped) if one]
        assert left.answers["evidence"] == files[1:]
        assert "tidak dapat disimpan" in said(effects)[0]


def test_a_story_typed_where_consent_was_asked_is_edited_as_a_story() -> None:
    state, _ = step(State(), told.TextReceived("/lapor"), TURN, BOOK)
    state, _ = step(state, told.TextReceived(STORY, "7"), TURN, BOOK)
    state, _ = step(state, told.OptionChosen(f"consent:ya:{state.serial}"), TURN, BOOK)
    state, _ = step(state, told.TextEdited("tidak", "7"), TURN, BOOK)
    assert state.talk is not None
    assert state.talk.answers["consent"]
    asked = State(talk=Talk("report", {"consent": "x"}, sources={"9": "consent"}))
    assert step(asked, told.TextEdited("tidak", "9"), TURN, BOOK) == (asked, [])


def test_a_card_fits_one_message_whatever_was_written() -> None:
    long = "kata " * 1500
    links = [{"kind": "link", "url": "https://contoh.id/" + "x" * 1900} for _ in range(10)]
    answers = dict.fromkeys(("story", "terlapor", "witness", "where", "terlapor_alamat"), long) | {"evidence": links}
    rows = [{"at": AT, "action": "tambahan", "note": long, "name": "", "office": "", "reason": ""}] * 9
    case = CaseView("JN-1", "33.11", "x", "33.11", "x", "baru", 1, AT, answers=answers, history=tuple(rows))
    shown = words(cards.card(case, AT, BOOK, view=WHOLE).text, str)
    assert len(words(cards.card(case, AT, BOOK).text, str)) < len(shown) < 4096
    assert "/kasus JN-1 lengkap" in shown
    assert "7 tautan lagi" in shown
    assert long.strip() in words(cards.whole(case), str)


def test_why_here_says_what_is_known_and_no_more() -> None:
    case = CaseView("JN-1", "RI", "Bawaslu RI", "RI", "Bawaslu RI", "baru", 1, AT, answers={})
    assert len(why(case)) == 1
    place = {
        "code": "33.11",
        "name": "Kabupaten Sukoharjo",
        "asked": ["Kabupaten Sukoharjo"],
        "trace": {"rule": "baru"},
    }
    shared = replace(case, answers={"place": place, "place_said": {"lat": -7.6, "lon": 110.8}})
    said_there = "\n".join(words(line, str) for line in why(shared))
    assert "membagikan lokasi" in said_there
    assert "aturan peta: baru" in said_there
    assert "Warga memilih Kabupaten Sukoharjo" in said_there
    assert "versi" not in said_there


def test_an_official_of_the_nation_is_the_nations() -> None:
    book = replace(BOOK, ranks=load_ranks())
    place = {"place": {"code": "33.11"}}
    assert home_of(place | {"terlapor": "Dirjen Bina Marga"}, book) == ("RI", "pejabat kementerian atau lembaga")
    assert home_of(place | {"terlapor": "Camat Grogol"}, book) == ("33.11", "")
    assert home_of({"terlapor": "Sekda Provinsi Bali"}, book) == ("RI", "")


def test_a_place_button_of_long_ago_is_said_to_be_old() -> None:
    _, effects = step(State(), told.OptionChosen("/tempat bukan"), TURN, BOOK)
    assert "sudah lewat" in said(effects)[0]


def test_a_hint_and_the_question_after_it_are_one_message() -> None:
    _, effects = step(talking(kind="ajakan"), told.TextReceived("x" * 8001), TURN, BOOK)
    hint, question = said(effects)
    (message,) = (one for one in effects if isinstance(one, Send))
    assert message.options
    assert "terlalu panjang" in hint
    assert question.startswith("Di mana kejadiannya?")


def test_without_a_page_a_smaller_file_is_asked_for() -> None:
    _, offered = step(State(), told.MediaTooBig(10**9), TURN, BOOK)
    _, refused = step(State(), told.MediaTooBig(10**9), TURN, replace(BOOK, uploads=False))
    assert offered == [OfferUpload()]
    assert "terlalu besar" in said(refused)[0]


def test_an_unknown_receipt_is_said_to_be_unknown() -> None:
    code = codes.receipt("0" * 17)
    _, effects = step(State(), told.TextReceived(f"/status {code}"), TURN, BOOK)
    assert effects
    _, effects = step(State(), told.StatusFound((), asked=True), TURN, BOOK)
    assert "Tidak ada informasi" in said(effects)[0]


def test_a_day_known_before_it_happened_is_asked_again() -> None:
    settled = report.settle(Talk("report", {"happened": "2024-10-08", "known": "2024-10-05"}))
    assert settled.answers == {"happened": "2024-10-08"}


def test_where_nothing_is_open_nothing_is_asked() -> None:
    whole = {ask.key: "x" for ask in report.asks}
    scene = Scene(whole, TURN, BOOK)
    state = State(talk=Talk("report", whole), asked="review", serial=4)
    assert put(report, state, scene) == (replace(state, asked=""), [])
    assert read(report, state, told.TextReceived("x"), scene) == (state.talk, ())


def test_what_the_house_says_again_leaves_no_trace_in_the_trail() -> None:
    ask = report.ask("story_place")
    assert ask is not None
    assert keep(Talk("report", {"story_place": True}), {"story_place": False}, ask).trail == ()


@pytest.mark.parametrize(
    "story", ["", "Camat Grogol", "camat dan lurah mengajak", "mantan kades mengajak", "warga camat"]
)
def test_a_doer_is_not_guessed(story: str) -> None:
    assert guess_doer(story) == ""


@pytest.mark.parametrize(
    ("story", "doer"),
    [
        ("pak camat grogol ngajak warga", "Camat Grogol"),
        ("Tadi pagi di balai desa, Pak Lurah Gayam membagikan beras", "Lurah Gayam"),
        ("oknum pns dinas kesehatan share", "PNS Dinas Kesehatan"),
        ("Camat Nguter Sukoharjo mengajak", "Camat Nguter Sukoharjo"),
        ("Camat Grogol Suyadi Orasi di panggung paslon", "Camat Grogol Suyadi"),
        ("kades gayam turun ke jalan dukung paslon", "Kades Gayam"),
        ("Kasatpol PP menurunkan baliho paslon 2", "Kasatpol PP"),
        ("Pj Bupati mengumpulkan kades", "Pj Bupati"),
    ],
)
def test_a_doer_is_offered(story: str, doer: str) -> None:
    assert guess_doer(story) == doer


def test_a_card_has_room_for_a_longer_one_than_a_button() -> None:
    story = "Kepala Dinas Pendidikan Kabupaten Sukoharjo menyuruh semua kepala sekolah"
    assert guess_doer(story) == ""
    assert told_doer({"story": story}) == "Kepala Dinas Pendidikan Kabupaten Sukoharjo"


def test_a_card_says_what_is_still_being_fetched_and_what_cannot_be_opened() -> None:
    case = CaseView(
        "JN-1", "33.11", "Bawaslu", "33.11", "Bawaslu", "baru", 1, AT, evidence_waiting=2, evidence_refused=1
    )
    rows = [row.msgid for row in cards.card(case, AT, BOOK).text if isinstance(row, T)]  # type: ignore[union-attr]
    assert "Berkas sedang diunduh: {count}." in rows
    assert "Berkas yang tidak dapat dibuka: {count}." in rows


def test_a_card_measures_what_can_still_be_mended() -> None:
    """A form that came in time stays in time; and what is decided lacks nothing any more."""
    answers = {"place": {"code": "33.11", "name": "x"}, "known": "2024-10-09", "happened": "2024-10-09"}
    case = CaseView("JN-1", "33.11", "Bawaslu", "33.11", "Bawaslu", "baru", 1, AT, answers=answers)
    came = replace(case, status="kajian_awal", facts={"formulir": {"tanggal": "2024-10-10"}})
    late = AT + timedelta(days=12)
    said_then = [words(meters_on_card(one, late, BOOK), str) for one in (case, came)]
    assert ["tidak lebih dari 7 hari" in rows for rows in said_then] == [True, False]
    assert ["Sebagai informasi awal" in rows for rows in said_then] == [True, False]
    assert meters_on_card(replace(came, status="diverifikasi"), late, BOOK) == ()


def test_a_second_draft_is_said_to_be_new_and_asks_for_no_consent_again() -> None:
    before = State(cases=("JN-ZQ4C-CVSG",), consent={"version": CONSENT_VERSION, "at": AT.isoformat()})
    after, effects = step(before, told.TextReceived("/lapor"), TURN, BOOK)
    assert "Ini draf baru; yang sudah dikirim tidak berubah." in said(effects)
    assert after.asked == "story"


def test_consent_to_an_older_text_is_asked_again() -> None:
    before = State(cases=("JN-ZQ4C-CVSG",), consent={"version": "2026-11", "at": AT.isoformat()})
    after, _ = step(before, told.TextReceived("/lapor"), TURN, BOOK)
    assert after.asked == "consent"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"known": "2024-10-10"}, "2024-10-15T02:00"),
        ({"known": "2024-10-05"}, "2024-10-11T02:00"),  # nine o'clock of the fifth day is over by an hour
        ({"known": "2024-10-04"}, "2024-10-11T02:00"),
        ({"happened": "2024-10-04"}, "2024-10-11T02:00"),
        ({"happened": "2024-10-04", "known": "2024-10-09"}, "2024-10-14T02:00"),
        ({"known": "2024-10-04", "place": {"zone": "Asia/Jayapura"}}, "2024-10-11T00:00"),
        ({"known": "2024-10-01"}, "2024-10-15T03:00"),  # the limit is over: only the draft is spoken of
        ({}, "2024-10-15T03:00"),
        ({"opened": "2024-10-01T03:00:00+00:00"}, ""),
    ],
)
def test_a_reminder_comes_while_there_is_time_left(days: dict[str, Any], expected: str) -> None:
    at = reminder(days, Here(TURN, BOOK)).at
    assert (at.astimezone(UTC).isoformat()[:16] if at else "") == expected


def test_a_draft_of_few_days_is_spoken_of_at_half_its_life() -> None:
    here = Here(TURN, replace(BOOK, draft_days=4))
    assert life_ends(State(talk=Talk("report", {"draft": 1})), here) == AT + timedelta(days=4)
    assert reminder({}, here).at == AT + timedelta(days=2)


def test_without_a_place_and_a_day_nothing_is_said_of_a_limit() -> None:
    nowhere = replace(standing({}, AT, BOOK), stage=None)
    assert "bergantung pada tempat" in clock_line(nowhere).msgid


def test_on_the_rest_days_after_the_seventh_an_officer_decides() -> None:
    saturday = date(2024, 10, 12)
    clock = Clock(7, date(2024, 10, 11), "mendesak", "kerja")
    now = replace(standing({}, AT, BOOK), stage=object(), clock=clock, today=saturday)  # type: ignore[arg-type]
    assert "petugas yang memutuskan" in clock_line(now).msgid
    assert "diputuskan petugas" in officer_line(now).msgid
    friday = replace(now, today=date(2024, 10, 11))
    assert "hari ketujuh" in clock_line(friday).msgid
    assert "hari ketujuh" in officer_line(friday).msgid


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("Siti Aminah, 0812 3456 7890", "Siti Aminah", "0812 3456 7890"),
        ("Siti Aminah no. HP: (0271) 123-4567", "Siti Aminah", "(0271) 123-4567"),
        ("0812-3456-7890 atas nama Siti", "atas nama Siti", "0812-3456-7890"),
        ("+6281234567890", None, "+6281234567890"),
        ("Siti Aminah", "Siti Aminah", None),
        ("Siti, RT 03 RW 05", "Siti, RT 03 RW 05", None),
        ("Siti NIK 3372011234560001, HP 081234567890", "Siti NIK 3372011234560001", "081234567890"),
        ("Siti 12-09-1990 0812 3456 7890", "Siti 12-09-1990", "0812 3456 7890"),
        ("Siti 0812 3456 7890 0813 1111 2222", "Siti", "0812 3456 7890 / 0813 1111 2222"),
        ("rt 3 021 5551234 Siti", "rt 3 Siti", "021 5551234"),
        ("nama saya Siti Aminah hp 0812-3456-7890", "Siti Aminah", "0812-3456-7890"),
        ("Nama: Siti Aminah", "Siti Aminah", None),
        ("-", "-", "-"),
    ],
)
def test_a_name_and_a_number_in_one_answer(text: str, name: str | None, phone: str | None) -> None:
    expected = ({"pelapor_nama": name} if name else {}) | ({"pelapor_hp": phone} if phone else {})
    assert pelapor.read_name(text, Scene({}, TURN, BOOK)) == expected


@pytest.mark.parametrize("text", ["kenari@contoh.id", "a.b+c@d.e.id", "-"])
def test_an_address_for_mail(text: str) -> None:
    assert pelapor.read_email(text, Scene({}, TURN, BOOK)) == {"pelapor_email": text}


@pytest.mark.parametrize(
    "text", ["Sukoharjo, 1 Januari 1990", "kenari@", "@contoh.id", "dua kata@contoh.id", "tidak ada"]
)
def test_what_is_no_address_for_mail(text: str) -> None:
    with pytest.raises(Misread):
        pelapor.read_email(text, Scene({}, TURN, BOOK))


def test_a_photo_near_a_border_names_the_likelier_kabupaten() -> None:
    options = (("33.11", "Kabupaten Sukoharjo", "Asia/Jakarta"), ("33.72", "Kota Surakarta", "Asia/Jakarta"))
    asked = told.PlaceFound("photo", "ask", options=options, point=(-7.59, 110.8))
    near = hints.near_photo(told.PhotoPlaced("1", asked))
    assert (near["code"], near["kecamatan_code"], near["point"]) == ("33.11", "", (-7.59, 110.8))


def test_a_photo_of_a_draft_that_is_gone_says_nothing() -> None:
    placed = told.PhotoPlaced(
        "1", told.PlaceFound("photo", "route", "33.11", "Kabupaten Sukoharjo", point=(-7.6, 110.8))
    )
    assert step(State(), placed, TURN, BOOK) == (State(), [])


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("pak saya mau lapor", "greeting"),
        ("maaf bu, saya ingin melaporkan sesuatu", "greeting"),
        ("lapor pak", "greeting"),
        ("lapor pak camat kampanye", ""),
        ("saya mau lapor camat bagi uang", ""),
    ],
)
def test_a_wish_to_report_is_no_story_yet(words: str, what: str) -> None:
    assert small(words) == what


@pytest.mark.parametrize(
    "text",
    [
        "-7.6, 110.8",
        "0.12345678, 101.4512345",
        "8.1234567",
        "6P4GCR22+22",
        "Jl. Melati 12 RT 3 RW 5",
        "57552",
        "09-10-2024",
        "09.10.2024",
        "09 10 2024",
        "RT 01 02 03 04",
    ],
)
def test_a_place_is_no_telephone_number(text: str) -> None:
    assert phones(text) == []


@pytest.mark.parametrize(
    ("hour", "words", "told"),
    [
        (10, "tadi pagi", True),
        (10, "hari ini jam 9", True),
        (10, "hari ini jam 16.00", False),
        (10, "tadi sore", False),
        (19, "tadi sore", True),
        (10, "kemarin sore", True),
        (10, "habis isya tadi", False),
    ],
)
def test_an_hour_that_has_not_come_is_of_another_day(hour: int, words: str, told: bool) -> None:
    turn = replace(TURN, at=datetime(2024, 10, 10, hour - 7, tzinfo=UTC))
    scene = Scene({}, turn, BOOK)
    story = answers.read_story(f"Camat Grogol bagi amplop {words}", scene)
    assert ("happened" in story) is told
    if told:
        assert answers.read_happened(words, scene)["happened"]
        return
    with pytest.raises(Misread, match="belum tiba"):
        answers.read_happened(words, scene)


def test_another_button_is_no_answer_to_where_the_photo_was_taken() -> None:
    near = {"code": "33.11", "name": "Kabupaten Sukoharjo", "kecamatan_code": "", "point": [-7.6, 110.8]}
    scene = Scene({"evidence": [{"id": "1", "kind": "photo", "near": near}]}, TURN, BOOK)
    with pytest.raises(Misread, match="salah satu tombol"):
        hints.at_the_photo(()).read(told.OptionChosen("x"), scene)


def test_an_invitation_has_a_link_for_each_channel_that_there_is() -> None:
    boss = replace(TURN, staff=replace(STAFF, role="koordinator"))
    event = Invited(OFFICES["33.11"], "petugas", "https://contoh.id/a", "https://t.me/b", AT, "Asia/Jakarta")
    [send] = [one for one in step(State(), event, boss, BOOK)[1] if isinstance(one, Send)]
    assert "https://contoh.id/a\nhttps://t.me/b\n" in words(send.text, str)


def test_the_morning_says_what_there_is_and_nothing_else() -> None:
    due = (
        ("JN-1", "kajian", "2024-10-09", "ajakan"),
        ("JN-2", "di_ppk", "2024-10-10", ""),
        ("JN-3", "baru", "2024-10-11", "medsos"),
    )
    below = (("Bawaslu Kota Solo", 2, 1),)
    full = MorningCame("Bawaslu Provinsi Jawa Tengah", 3, 1, 4, due, below, "33.11")
    [send] = [one for one in step(State(), full, TURN, BOOK)[1] if isinstance(one, Send)]
    assert words(send.text, str).split("\n") == [
        "Selamat pagi, Bawaslu Provinsi Jawa Tengah.",
        "Belum diambil: 3 kasus.",
        "⚠ 1 di antaranya sudah lebih dari 24 jam tanpa tindakan.",
        "Sedang berjalan: 4 kasus.",
        "• JN-1 · kajian · Ajakan atau seruan · ⚠ tenggat lewat: Rab, 9 Okt",
        "• JN-2 · di PPK · bentuk belum jelas · ⚠ tenggat hari ini: Kam, 10 Okt",
        "• JN-3 · baru · Media sosial · tenggat Jum, 11 Okt",
        "",
        "Kantor di bawah Anda yang perlu dibantu:",
        "• Bawaslu Kota Solo: 2 belum diambil, 1 lewat tenggat",
    ]
    bare = MorningCame("Bawaslu RI", 0, 0, 0, (), (), "RI")
    [send] = [one for one in step(State(), bare, TURN, BOOK)[1] if isinstance(one, Send)]
    assert words(send.text, str) == "Selamat pagi, Bawaslu RI."


def test_more_than_a_page_is_found_says_so() -> None:
    case = CaseView("JN-1", "33.11", "x", "33.11", "x", "baru", 1, AT, answers={})
    [send] = [
        one for one in step(State(), CasesFound("camat", 20, (case, case)), OFFICER, BOOK)[1] if isinstance(one, Send)
    ]
    assert words(send.text, str).endswith("Yang tampil 2 terbaru; tambah satu kata untuk mempersempit.")


def test_what_too_many_have_is_not_counted_on() -> None:
    case = CaseView("JN-1", "33.11", "x", "33.11", "x", "baru", 1, AT, answers={})
    effects = step(State(), CasesFound("camat", COUNTED, (case,)), OFFICER, BOOK)[1]
    [send] = [one for one in effects if isinstance(one, Send)]
    assert words(send.text, str).startswith("Ditemukan 100 kasus atau lebih untuk: camat")


def test_replace_knows_its_fields() -> None:
    assert replace_(STAFF, role="koordinator") == replace(STAFF, role="koordinator")
    with pytest.raises(TypeError, match="Staff has no peran"):
        replace_(STAFF, peran="koordinator")  # type: ignore[call-arg]
