"""A case on one card: its first word is the ticket; edited in place as the case changes; never the reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import checklist, joins, labels, offers, seconds
from handlers.deadlines import clock_in_brief, clock_on_card, lacking, meters_on_card
from handlers.effects import Option, Send, T, To, Value
from handlers.happenings import happenings, lately
from handlers.hints import photo_places, time_lines
from handlers.life import DITANGANI, STATUSES
from handlers.places import place_line, spot
from handlers.pressing import SHORT, WHOLE, buttons
from handlers.speech import IDENTITIES, moment, spoken
from handlers.summary import SHORT_ANSWER, cut, lines, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.book import Book
    from handlers.view import CaseView

CARD_HISTORY = 3
SHORT_STORY, SHORT_NOTE = 1200, 200  # characters on a card, which must fit 4096: only one message can be edited
MOST_LINKS = MOST_HINTS = 3
BRIEF_STORY, BRIEF_HISTORY = 160, 2  # of the card as it stands at first: a phone shows all of it at once
IN_SHORT = ("story", "kind", "place_said", "terlapor", "happened", "evidence")


def key(ticket: str) -> str:
    """The name of a case's card in every conversation that shows it."""
    return f"kasus:{ticket}"


PASSED_ON = frozenset({"alihkan", "diputus_atas"})


def why_here(case: CaseView) -> T:
    """Why the case lies in this queue: the place of the event, or nobody there yet."""
    place = case.answers.get("place")
    if any(row["action"] in PASSED_ON for row in case.history):
        return T("Mengapa ke sini: dialihkan oleh petugas; alasannya ada di riwayat.")
    if not place:
        return T("Mengapa ke sini: kabupaten atau kota kejadiannya belum diketahui.")
    if rank := case.answers.get("rank"):
        return T("Mengapa ke sini: terlapor {rank}; tempat kejadian di {place}.", rank=rank, place=place["name"])
    if case.office == case.home:
        return T("Mengapa ke sini: tempat kejadian di {place}.", place=place["name"])
    return T(
        "Mengapa ke sini: tempat kejadian di {place}, dan {home} belum punya petugas terdaftar.",
        place=place["name"],
        home=case.home_name,
    )


def state(case: CaseView) -> Value:
    """How far it is, and in whose hands."""
    if case.status == DITANGANI:
        return T("ditangani oleh {name}", name=case.holder_name)
    if case.holder:
        return T("{status} ({name})", status=STATUSES[case.status], name=case.holder_name)
    return STATUSES[case.status]


def road(case: CaseView) -> T:
    """What stands in law so far: a tip, a temuan, or a signed form; an allegation in each case."""
    if "formulir" in case.facts:
        day = spoken(case.facts["formulir"]["tanggal"])
        return T("Dugaan; formulir bertanda tangan diterima {day}.", day=day)
    if "temuan" in case.facts:
        return T("Dugaan; ditetapkan sebagai temuan.")
    return T("Informasi awal dari warga; dugaan, belum Laporan resmi.")


NUMBERS = {
    "temuan": T("Nomor temuan"),
    "registrasi": T("Nomor registrasi"),
    "pleno": T("Berita acara pleno"),
    "rekomendasi": T("Surat rekomendasi"),
    "hukuman": T("Surat keputusan"),
    "nihil": T("Surat keputusan"),
}


RECORDED = ("temuan", "registrasi", "pleno", "rekomendasi", "teruskan", "hukuman", "nihil")  # as they follow


def numbers(case: CaseView) -> tuple[Value, ...]:
    """The numbers as they were typed, and to whom it went."""
    return tuple(_recorded(action, case.facts[action]) for action in RECORDED if action in case.facts)


def _recorded(action: str, fact: Mapping[str, Any]) -> T:
    day = spoken(fact["tanggal"])
    if action == "teruskan":
        return T("• Diteruskan kepada: {name}, {day}", name=fact["nama"], day=day)
    return T("• {label}: {number}, {day}", label=NUMBERS[action], number=fact["nomor"], day=day)


def _head(case: CaseView) -> tuple[Value, ...]:
    urgent: tuple[Value, ...] = (T("⚠ SEDANG BERLANGSUNG"),) if case.urgent else ()
    return (head(case), *urgent)


def head(case: CaseView) -> T:
    """Which case, how it stands, and where."""
    return T("{ticket} · {state} · {office}", ticket=case.ticket, state=state(case), office=case.office_name)


def _waits(case: CaseView) -> tuple[Value, ...]:
    """What somebody is to answer, what is on its way, and what it may be the same as."""
    rows: list[Value] = [*seconds.wish_line(case), *offers.offer_line(case), *joins.lines(case)]
    if case.evidence_waiting:
        rows.append(T("Berkas sedang diunduh: {count}.", count=case.evidence_waiting))
    if case.evidence_refused:
        rows.append(T("Berkas yang tidak dapat dibuka: {count}.", count=case.evidence_refused))
    return tuple(rows)


def _links(case: CaseView) -> tuple[Value, ...]:
    links = [item["url"] for item in case.answers.get("evidence", ()) if item["kind"] == "link"]
    rows: list[Value] = [cut(url, SHORT_ANSWER) for url in links[:MOST_LINKS]]
    if len(links) > MOST_LINKS:
        rows.append(
            T("… {count} tautan lagi: /kasus {ticket} lengkap", count=len(links) - MOST_LINKS, ticket=case.ticket)
        )
    return tuple(rows)


def _hint(near: Mapping[str, Any], place: Mapping[str, Any]) -> T:
    if near["kecamatan_code"] and near["kecamatan_code"] == place.get("kecamatan_code"):
        return T("Petunjuk dari berkas foto: diambil di kecamatan yang sama.")
    return T("Petunjuk dari berkas foto: {place}. Foto dapat diambil di tempat lain.", place=place_line(dict(near)))


def _hints(answers: Mapping[str, Any]) -> tuple[Value, ...]:
    """What speaks of other places than the event's; said as it is, for the officer to judge."""
    place = answers.get("place") or {}
    rows: list[Value] = [_hint(near, place) for near in photo_places(dict(answers))[:MOST_HINTS]]
    office = answers.get("terlapor_place") or {}
    if office and place and office["code"] != place["code"]:
        rows.append(T("Kantor terlapor, menurut yang ditulis: {name}.", name=office["name"]))
    return tuple(rows)


def whole(case: CaseView) -> tuple[Value, ...]:
    """All that was told, uncut."""
    answers = joins.told(case)
    links = tuple(item["url"] for item in answers.get("evidence", ()) if item["kind"] == "link")
    return (T("{ticket} selengkapnya:", ticket=case.ticket), *lines(answers, own=False), *links)


def _earlier(case: CaseView) -> tuple[Value, ...]:
    """Where the rest of the history is, when the card does not show it all."""
    left = len(case.history) - CARD_HISTORY
    return (
        (T("… {count} lagi sebelumnya: /kasus {ticket} riwayat", count=left, ticket=case.ticket),) if left > 0 else ()
    )


def card(  # noqa: PLR0913 - whose case, when, by which rules, for whom, how
    case: CaseView,
    at: datetime,
    book: Book,
    *,
    guest: bool = False,
    quiet: bool = False,
    view: str = SHORT,
    more: tuple[Option, ...] = (),
) -> Send:
    """The case's card; `guest` where it is only offered. An edit keeps the pictures that are there."""
    case = joins.as_guest(case) if guest else case
    told = _whole if view == WHOLE else _short
    return Send(
        told(case, at, book, guest=guest),
        buttons(case, view, guest=guest, more=more),
        card=key(case.ticket),
        album=case.evidence,
        spot=spot(dict(case.answers)),
        topic=case.ticket,
        protect=True,
        quiet=quiet,
    )


def _short(case: CaseView, at: datetime, book: Book, *, guest: bool) -> Value:
    """What it is about, what runs and what waits, on one screen of a phone."""
    told = shortened(joins.told(case), BRIEF_STORY)
    return (
        *_head(case),
        *clock_in_brief(case, at, book),
        *_waits(case),
        *(() if guest else labels.line(case)),
        road(case) if case.facts.keys() & {"formulir", "temuan"} else T("Informasi awal dari warga; dugaan."),
        "",
        *lines(told, own=False, only=IN_SHORT),
        *numbers(case)[-1:],
        "",
        *lacking(case, at, book),
        *checklist.card_line(case, book),
        *lately(case, BRIEF_HISTORY, SHORT_NOTE, at.astimezone(book.hours.of(case.office).zone).date()),
    )


def _whole(case: CaseView, at: datetime, book: Book, *, guest: bool) -> Value:
    """All that is known, as far as a message takes it."""
    answers = joins.told(case)
    return (
        *_head(case),
        *clock_on_card(case, at, book),
        *_waits(case),
        *(() if guest else labels.line(case)),
        road(case),
        "",
        *lines(short := shortened(answers, SHORT_STORY), own=False),
        *((T("Selengkapnya: /kasus {ticket} lengkap", ticket=case.ticket),) if short != answers else ()),
        *_links(case),
        *time_lines(case.taken),
        *_hints(answers),
        *numbers(case),
        "",
        *meters_on_card(case, at, book),
        *checklist.card_line(case, book),
        why_here(case),
        "",
        *_earlier(case),
        *happenings(case, CARD_HISTORY, SHORT_NOTE),
    )


def moved_on(case: CaseView) -> Send:
    """What is left of the card where the case is no longer anyone's to see: its number, and who holds it now."""
    return Send(head(case), card=key(case.ticket), protect=True, quiet=True)


def in_its_topic(ticket: str) -> Send:
    """Said where a card was asked for that stands in another topic of the group."""
    return Send(T("Kartunya ada di topik {ticket}.", ticket=ticket))


def beside(ticket: str) -> tuple[str, str]:
    """The other cards that speak of a case: its checklist, and what is missing."""
    return f"periksa:{ticket}", f"lengkapi:{ticket}"


def hidden(ticket: str, card: str = "") -> Send:
    """What is left of a card where nobody may see the case any more, though the office has it: its number."""
    return Send(T("{ticket} · tidak lagi ditampilkan di sini", ticket=ticket), card=card or key(ticket), protect=True)


def alarm(case: CaseView, at: datetime, zone: str) -> Send:
    """To those on duty, at once: it is happening now."""
    place = case.answers.get("place") or {}
    text = T(
        "{ticket} sedang berlangsung di {place}, disampaikan {when}. Ketik /antrean atau buka kartunya.",
        ticket=case.ticket,
        place=place.get("name", ""),
        when=moment(at, zone),
    )
    return Send(text, (Option(T("Lihat kartu"), f"/kasus {case.ticket}"),), to=To("duty", case.office), protect=True)


def contact(case: CaseView, identity: dict[str, str]) -> T:
    """Name and number, only where the reporter agreed to be reached, only to who holds the case."""
    return T(
        "{ticket}: {identity}. Nama: {name}. HP: {phone}. Pembukaan ini dicatat dalam riwayat.",
        ticket=case.ticket,
        identity=IDENTITIES["kontak"],
        name=identity.get("pelapor_nama") or "-",
        phone=identity.get("pelapor_hp") or "-",
    )


NUDGES = {
    "jawab": T("{ticket}: warga sudah menjawab."),
    "dilengkapi": T("{ticket}: warga sudah melengkapi."),
    "tambahan": T("{ticket}: warga menambahkan keterangan."),
    "bukti": T("{ticket}: warga menambahkan berkas."),
    "koreksi": T("{ticket}: warga meminta datanya dibetulkan; mohon dijawab dengan /kabari dalam 3 x 24 jam."),
    "hapus": T("{ticket}: warga meminta datanya dihapus; mohon dijawab dengan /kabari dalam 3 x 24 jam."),
}


def nudge(ticket: str, action: str) -> Send:
    """One line to who holds the case: an edited card makes no sound."""
    text = T(NUDGES[action].msgid, ticket=ticket)
    return Send(text, (Option(T("Lihat kartu"), f"/kasus {ticket}"),), protect=True)
