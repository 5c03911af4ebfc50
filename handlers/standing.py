"""Where a report stands in law: its regime and stage, the clock since it was known, and the two meters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.opening import unless_open
from handlers.queues import home_of
from handlers.speech import spoken, today
from law.clock import clock
from law.rules import meter_awal, meter_laporan

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.book import Book
    from handlers.state import Answers
    from law.calendar import Stage
    from law.clock import Clock
    from law.rules import Meter, Regime

OUTSIDE = "luar_tahapan"


@dataclass(frozen=True, slots=True)
class Standing:
    """One reading of the rules for one report at one moment; summary, card and officer all use this one."""

    regime: Regime
    stage: Stage | None
    awal: Meter
    laporan: Meter
    clock: Clock | None
    today: date
    placed: bool  # in a place and on a day that were told: before that a stage is only supposed

    @property
    def after_last(self) -> bool:
        """Past the last counted day (rest days of a Pemilu's clock may follow it while it still is urgent)."""
        return self.clock is not None and self.today > self.clock.last_day


def standing(answers: Answers, at: datetime, book: Book) -> Standing:
    """Regime and stage by the region and the event's day; the clock by the day it was known."""
    now = today(at, answers)
    day = date.fromisoformat(answers["happened"]) if answers.get("happened") else now
    stage = book.calendar.stage((answers.get("place") or {}).get("code", ""), day)
    regime = book.regimes[stage.regime if stage else OUTSIDE]
    known = date.fromisoformat(answers["known"]) if answers.get("known") else None
    placed = bool(answers.get("place") and answers.get("happened"))
    ticking = clock(regime, known, now) if known and stage else None
    return Standing(
        regime, stage, meter_awal(regime, answers), meter_laporan(regime, answers, now), ticking, now, placed
    )


def awal_line(now: Standing) -> T:
    """Is it ready as informasi awal? Only advice: it can be sent anyway."""
    if not now.awal.missing:
        return T("Sebagai informasi awal: sudah cukup.")
    return T("Sebagai informasi awal, akan lebih kuat bila ada: {missing}.", missing=listed(now.awal.missing))


def laporan_line(now: Standing) -> T:
    """What a Laporan resmi would still need; the signature is given on paper (Perbawaslu 8/2020; 7/2022 art. 15)."""
    values = {"have": now.laporan.have, "of": now.laporan.of}
    if not now.laporan.missing:
        return T(
            "Untuk Laporan resmi: sudah {have} dari {of}; tinggal tanda tangan di kertas, di kantor Bawaslu.",
            **values,
        )
    return T(
        "Untuk Laporan resmi: sudah {have} dari {of}; belum ada: {missing}. Tanda tangan dibubuhkan di kertas.",
        missing=listed(now.laporan.missing),
        **values,
    )


def limit_line(answers: Answers, at: datetime, book: Book) -> T:
    """Where the statutory clock stands, as the citizen is told; with the last hour before a day of no office hours."""
    now = standing(answers, at, book)
    if now.clock is None or not now.placed:
        return clock_line(now)
    return clock_line(now, unless_open(book.hours.of(home_of(answers, book)[0]), now.clock.last_day))


def clock_line(now: Standing, closed: T | None = None) -> T:
    """Where the statutory clock stands, honestly; there is none outside any stage.

    `closed` names the last day with the hour until which the office takes it, where it is closed on that day.
    """
    if now.stage is None:
        return _without_stage(now)
    if now.clock is None:
        return T("Batas waktu Laporan resmi dihitung sejak Anda tahu; tanggalnya belum Anda sebutkan.")
    last = closed or spoken(now.clock.last_day)
    match now.clock.state:
        case "lewat":
            return T(
                "Batas waktu Laporan resmi tampaknya sudah lewat ({last}). Informasi Anda tetap kami teruskan sebagai "
                "informasi awal; hanya Bawaslu yang memutuskan.",
                last=spoken(now.clock.last_day),
            )
        case "mendesak":
            return _urgent(now, closed, last)
        case "hampir":
            return T("Batas waktu Laporan resmi sudah dekat: paling lambat {last}.", last=last)
        case _:
            return T("Batas waktu Laporan resmi: paling lambat {last}.", last=last)


def _urgent(now: Standing, closed: T | None, last: T) -> T:
    if now.after_last:
        return T("Mendesak: untuk Laporan resmi batasnya {last}; petugas yang memutuskan.", last=last)
    if closed:
        return T("Mendesak: hari ini hari ketujuh sejak Anda tahu, batas waktu Laporan resmi: {last}.", last=closed)
    return T("Mendesak: hari ini hari ketujuh sejak Anda tahu, batas waktu Laporan resmi.")


def _without_stage(now: Standing) -> T:
    if not now.placed:
        return T("Ada atau tidaknya batas waktu Laporan bergantung pada tempat dan tanggal kejadiannya.")
    return T(
        "Setahu kami tidak ada tahapan pemilihan di tempat dan tanggal itu, jadi tidak ada batas waktu Laporan; "
        "informasi Anda tetap dapat dikirim."
    )


OUT_OF_STAGE = T("Tenggat Laporan: tidak dihitung; tidak ada tahapan pemilihan di tempat dan tanggal itu.")
UNPLACED = T("Tenggat Laporan: belum dapat dihitung; tempat atau tanggal kejadiannya belum jelas.")


def officer_line(now: Standing, until: T | None = None) -> T:
    """Where the statutory clock stands, as an officer reads it; only Bawaslu decides what is late.

    `until` names the last day with the hour until which the office takes it.
    """
    if now.stage is None:
        return OUT_OF_STAGE if now.placed else UNPLACED
    if now.clock is None:
        return T("Tenggat Laporan: belum dapat dihitung; warga belum menyebut kapan ia tahu.")
    last = until or spoken(now.clock.last_day)
    match now.clock.state:
        case "lewat":
            return T("Tenggat Laporan: tampaknya lewat ({last}); mohon diputuskan petugas.", last=last)
        case "mendesak":
            after = T("Tenggat Laporan: MENDESAK, batasnya {last}; mohon diputuskan petugas.", last=last)
            seventh = T("Tenggat Laporan: MENDESAK, hari ini hari ketujuh sejak warga tahu: {last}.", last=last)
            return after if now.after_last else seventh
        case "hampir":
            return T("Tenggat Laporan: sudah dekat, {last}.", last=last)
        case _:
            return T("Tenggat Laporan: {last}.", last=last)


def listed(words: tuple[str, ...]) -> T | str:
    """Labels of the rule file, joined as one says them."""
    named = tuple(T(word) for word in words)
    if len(named) == 1:
        return named[0]
    joined: T | str = named[0]
    for word in named[1:]:
        joined = T("{some}, {next}", some=joined, next=word)
    return joined
