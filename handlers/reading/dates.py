"""Typed Indonesian dates: reads a phrase that answers "kapan?", and a date that a story names beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.reading.date_hours import NOON, PRAYERS, SMALL_HOURS, said
from handlers.reading.date_marks import MONTH, WEEKDAY, Marks, nearest_month, regular, scan
from handlers.reading.now import told_now

if TYPE_CHECKING:
    from datetime import date

SUNDAY = 6
LONGEST = 120  # characters; a longer answer is a story, not a date


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as understood: always read back to the citizen with its weekday before it counts."""

    date: date
    time_text: str | None  # "19.30", "malam", "habis magrib", "tengah malam"
    ongoing: bool


def read_date(text: str, today: date) -> Reading | None:
    """Read a typed phrase; None where it is not understood, ambiguous, only approximate, or in the future."""
    reading = _read(text, today)
    return None if isinstance(reading, str) else reading


def why_not(text: str, today: date) -> str:
    """Why read_date gave None: depan (not yet), samar (only about), ganda (two ways), asing; "" if it did not."""
    reading = _read(text, today)
    return reading if isinstance(reading, str) else ""


def _read(text: str, today: date) -> Reading | str:
    if len(text) > LONGEST:
        return "asing"
    marks = scan(text, today)
    if not marks.why:
        _settle(marks)
    if marks.why:
        return marks.why
    return Reading(marks.days.pop(), _time(marks), "ongoing" in marks.flags)


def _settle(marks: Marks) -> None:
    """Make one day of all that was said, or note why not."""
    if marks.bare is not None:
        _with_weekday_only(marks)
    _add_relative(marks)
    if marks.weekday is not None:
        _check(marks) if marks.days else _last(marks)
    if "ongoing" in marks.flags:
        _still(marks)
    if not marks.days:
        marks.refuse("samar" if marks.flags - {"filler"} or marks.parts or marks.clocks else "asing")
    elif len(marks.days) > 1:
        marks.refuse("ganda")
    elif max(marks.days) > marks.today:
        marks.refuse("depan")
    elif "named" not in marks.flags and _after_midnight(marks):
        marks.refuse("ganda")


def _with_weekday_only(marks: Marks) -> None:
    """Read "Selasa 3": a bare number is a day of the month only where a weekday vouches for it."""
    if marks.weekday is None:
        marks.refuse("ganda")
    nearest_month(marks, marks.bare or 0)


def _add_relative(marks: Marks) -> None:
    flags = marks.flags
    fixed = "named" in flags or marks.weekday is not None  # then "kemarin" only leans on it: "kemarin tanggal 8"
    if "last night" in flags:
        marks.ago(1)
    if "tadi" in flags:
        marks.ago(0)
        if "malam" in marks.parts:  # said after midnight or before: two different days
            marks.refuse("ganda")
    if "kemarin" in flags and not fixed:
        marks.ago(1)
    if "ini" in flags and marks.parts and not fixed:
        marks.ago(0)
    if flags & {"last week", "this week"} and marks.weekday is None:
        marks.refuse("ganda" if "last week" in flags else "samar")


def _check(marks: Marks) -> None:
    """A weekday beside a date must agree with it: one of the two would be wrong."""
    if any(day.weekday() != marks.weekday for day in marks.days):
        marks.refuse("ganda")


def _last(marks: Marks) -> None:
    """Find the last such weekday before today; today's own name alone may mean today or a week ago."""
    weekday, flags = marks.weekday or 0, marks.flags
    back = (marks.today.weekday() - weekday) % 7
    if "last week" in flags:
        _week_before(marks, weekday)
    elif flags & {"this week", "ini"} and weekday > marks.today.weekday():
        marks.refuse("depan")
    elif back == 0 and not flags & {"lalu", "kemarin", "ini", "this week"}:
        marks.refuse("ganda")
    else:
        marks.ago(back or (0 if flags & {"ini", "this week"} else 7))


def _week_before(marks: Marks, weekday: int) -> None:
    """Read "Senin minggu lalu": weeks begin on Monday, but not for everyone, so Sundays stay open."""
    if SUNDAY in {weekday, marks.today.weekday()}:
        marks.refuse("ganda")
    marks.ago(marks.today.weekday() - weekday + 7)


def _still(marks: Marks) -> None:
    """What is going on began today, unless it is said since when."""
    if not marks.days:
        marks.ago(0)
    elif marks.days != {marks.today} and "since" not in marks.flags:
        marks.refuse("ganda")


def _part(marks: Marks) -> str:
    return marks.parts[-1] if marks.parts else "malam" if "last night" in marks.flags else ""


def _after_midnight(marks: Marks) -> bool:
    """Know "tadi malam jam 1": the night's name says one day, its hour the next."""
    small = any(clock < (SMALL_HOURS + 1) * 60 or clock // 60 in {NOON, 2 * NOON} for clock in marks.clocks)
    if "last night" in marks.flags and "dini hari" in marks.parts:
        return True
    return small and _part(marks) in {"malam", "tengah malam"}


def _time(marks: Marks) -> str | None:
    """The time of day, None where none was said or two contradict."""
    bases = {PRAYERS.get(part.removeprefix("habis "), part) for part in marks.parts}
    if len(set(marks.clocks)) > 1 or (marks.clocks and len(bases) > 1):
        return None
    return said(marks.clocks[0] if marks.clocks else None, _part(marks)) or None


# --- in a story ---------------------------------------------------------------------------------------------

_TIME = r"(?: (?:sekitar |kira kira )?(?:jam|pukul) (?:setengah )?[0-9]{1,2}(?:[.:][0-9]{2})?)?"
_PARTS = r"(?: (?:pagi|siang|sore|malam|subuh))?"
_AGO = r"(?: (?:yang )?(?:lalu|kemarin))"
_NAMED = (
    rf"(?:tanggal )?[0-9]{{1,2}} (?:{MONTH})(?: [0-9]{{4}})?\b|[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}}\b|"
    r"tanggal [0-9]{1,2}(?:/[0-9]{1,2})?\b(?! ?[-/.]? ?[0-9])"
)
_DAY = rf"(?:hari (?:{WEEKDAY})|(?!minggu|ahad)(?:{WEEKDAY})(?={_PARTS}{_AGO}|{_PARTS} (?:tanggal )?[0-9]))"
_NEWS = r"(?! (?:(?:saya|kami|ini) )*(?:tahu|dapat|baca|dilantik|diangkat|pindah|menjabat|pensiun|viral|beredar))"
_FOUND = re.compile(
    rf"(?<![\w/.-])(?:{_DAY}{_PARTS}{_AGO}?(?: (?:minggu|pekan) (?:lalu|ini|kemarin))?(?: (?:{_NAMED}))?|"
    rf"{_NAMED}|malam (?:{WEEKDAY}){_AGO}?|kemarin lusa|(?:tadi|kemarin) (?:pagi|siang|sore|malam|subuh)|"
    rf"(?:pagi|siang|sore|malam|subuh) (?:tadi|kemarin|ini)|tadi(?= (?:jam|pukul) )|"
    rf"semalam|hari ini|barusan{_NEWS}|[0-9]{{1,3}} hari (?:yang )?lalu|kemarin)"
    rf"{_PARTS}{_TIME}{_PARTS}(?!\w)"
)
# Beside these the day is that of something else, or of hearing about it: better asked than guessed.
_ELSEWHERE = re.compile(
    r"\b(?:besok|nanti (?:pagi|siang|sore|malam)|"
    r"(?<!malam )(?<!hari )(?:minggu|pekan|bulan|tahun) (?:yang )?(?:depan|lalu|kemarin)|"
    r"(?<!kemarin )lusa|(?:se)?tiap|mendengar|dengar|kabar|kabarnya|mengetahui|diketahui|dikasih tahu|diberi tahu|"
    r"baru tahu|lahir|sejak|mulai tanggal|kemarin kemarin|beberapa hari)\b"
)
_OF_SOMETHING = re.compile(
    r"(?:\b(?:pilkada|pemilu|pilkades|pileg|pilpres|pemilihan|suara|pencoblosan|coblosan|periode|lebaran|ramadhan|"
    r"ramadan|natal|(?:masa|jadwal|tahapan|hari) kampanye|"
    r"musim|jalan|jl|jln|gang|lapangan|stadion|gedung|masjid|surat|sk|nomor|undangan|tertanggal|"
    r"bertanggal|jadwal|rsud|pasar|universitas|sampai|hingga|s/d|(?<=[0-9] )sd|deadline)|"
    r"[0-9] (?:dan|atau|&))(?: (?:pada )?(?:tanggal|hari))? $"
)
_RANGE_GOES_ON = re.compile(r" ?(?:-|s/d|sd|sampai|hingga|dan|atau) (?:tanggal |hari )?(?:[0-9]|" + WEEKDAY + r")")
_ONGOING = re.compile(
    r"(?:masih|sedang) berlangsung\b|"
    r"(?<!sampai )(?<!hingga )\b(?:sekarang|saat ini|detik ini) (?:ini )?(?:sedang|lagi|masih)\b"
    r"(?! (?:menjabat|jadi|menjadi|aktif|bertugas|dinas|berdinas|bekerja|tinggal|sering|suka|diproses|diperiksa))"
)
_OF_THE_ELECTION = re.compile(r"\b(?:masa|tahapan|pilkada|pemilu|pemilihan|kampanye)\b[^.]{0,20}$")


def find_date(story: str, today: date) -> Reading | None:
    """The one day a story names for its event; None where there is none, or any doubt which."""
    line = regular(story)
    if _ELSEWHERE.search(line):
        return None
    found = [_judge(line, match, today) for match in _FOUND.finditer(line)]
    now = told_now(story)
    ongoing = _going_on(line) or now == "sekarang"
    if (ongoing or now) and not found:
        return Reading(today, None, ongoing=True)
    first = found[0] if found else None
    if first is None or any(other is None or other.date != first.date for other in found):
        return None
    if ongoing and first.date != today:
        return None
    time = next((reading.time_text for reading in found if reading and reading.time_text), None)
    still = now == "sedang" and first.date == today and time is None  # beside an hour, it went on then
    return Reading(first.date, time, ongoing or still)


def _judge(line: str, found: re.Match[str], today: date) -> Reading | None:
    before, after = line[: found.start()], line[found.end() :]
    if _OF_SOMETHING.search(before) or _RANGE_GOES_ON.match(after):
        return None
    return read_date(found[0], today)


def _going_on(line: str) -> bool:
    found = _ONGOING.search(line)
    return found is not None and not _OF_THE_ELECTION.search(line[: found.start()])
