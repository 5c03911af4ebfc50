"""The day that is typed for a step: understood, not to come, and not before what the step follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.effects import T
from handlers.flow import Misread
from handlers.life import MOVES
from handlers.reading.dates import read_date, why_not
from handlers.speech import spoken, today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.reply import Here
    from handlers.view import CaseView

# Which steps are never older than which, where that is certain. All of them follow the event itself.
AFTER = {
    "registrasi": ("formulir", "lengkap"),
    "perpanjang": ("registrasi", "temuan"),
    "pleno": ("registrasi", "temuan", "perpanjang"),
    "rekomendasi": ("pleno",),
    "teruskan": ("rekomendasi",),
    "hukuman": ("teruskan",),
    "nihil": ("teruskan",),
}
BEFORE = "sebelum"  # in what is kept of a step: the same of the time before
EARLIER = "dahulu"  # and the numbers that stood there until they were put right
NOT_A_DAY = T("Tanggal itu belum kami mengerti, atau belum tiba. Contoh: hari ini, atau 14 Oktober 2024.")


def here_now(case: CaseView, here: Here) -> date:
    """The calendar day where it happened."""
    return today(here.turn.at, dict(case.answers))


def is_day(words: str, case: CaseView, here: Here) -> bool:
    """Do these words read wholly as one day, be it a date still to come?"""
    now = here_now(case, here)
    return read_date(words, now) is not None or (why_not(words, now) == "depan" and any(map(str.isdigit, words)))


def read_day(words: str, case: CaseView, here: Here) -> date:
    """The day that was typed. Raises Misread."""
    if found := read_date(words, here_now(case, here)):
        return found.date
    raise Misread(NOT_A_DAY)


def day_of(action: str, words: str, case: CaseView, here: Here) -> date:
    """The same for this step, which cannot be older than what it follows. Raises Misread."""
    day = read_day(words, case, here)
    if too_early := _before_a_step(day, action, case) or _before_the_event(day, case):
        raise Misread(too_early)
    return day


def _before_a_step(day: date, action: str, case: CaseView) -> T | None:
    """The sentence names the step, for it may be its day that was mistyped."""
    for earlier in AFTER.get(action, ()):
        if earlier in case.facts and day < (first := first_day(case.facts[earlier])):
            return T(
                "Terlalu awal: {label} tercatat {day}. Tulis hari itu atau sesudahnya. Bila yang tercatat itu keliru, "
                "betulkan itu dahulu: /ralat {ticket}.",
                label=MOVES[earlier].label,
                day=spoken(first),
                ticket=case.ticket,
            )
    return None


def first_day(kept: Mapping[str, Any]) -> date:
    """The day of what is kept of a step; of one that was taken several times the first: what follows may follow any."""
    while BEFORE in kept:
        kept = kept[BEFORE]
    return date.fromisoformat(kept["tanggal"])


def _before_the_event(day: date, case: CaseView) -> T | None:
    """Where nobody knows when it happened, nothing on the road is older than the case itself."""
    answers = dict(case.answers)
    if happened := answers.get("happened"):
        begin = date.fromisoformat(happened)
        why = T(
            "Terlalu awal: kejadiannya {day}. Tulis hari itu atau sesudahnya. Bila hari kejadian itu keliru, mintalah "
            "warga membetulkannya: /lengkapi {ticket}.",
            day=spoken(begin),
            ticket=case.ticket,
        )
    else:
        begin = today(case.created, answers)
        why = T(
            "Terlalu awal: kasus ini masuk {day}, dan hari kejadiannya belum diketahui. Tulis hari itu atau "
            "sesudahnya, atau tanyakan dahulu hari kejadiannya kepada warga: /lengkapi {ticket}.",
            day=spoken(begin),
            ticket=case.ticket,
        )
    return why if day < begin else None
