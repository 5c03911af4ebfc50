"""What a typed date phrase is made of: a strict scan, in which every word must be known or the phrase is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.reading.date_hours import CLOCK, PARTS, PRAYERS, minutes, named
from handlers.reading.spelling import apart, in_figures, plain, unslang

if TYPE_CHECKING:
    from collections.abc import Callable

WEEKDAYS = {
    "senin": 0, "senen": 0, "snin": 0, "monday": 0,
    "selasa": 1, "slasa": 1, "salasa": 1, "selas": 1, "tuesday": 1,
    "rabu": 2, "rebo": 2, "rebu": 2, "wednesday": 2,
    "kamis": 3, "kemis": 3, "thursday": 3,
    "jumat": 4, "jumaat": 4, "jemuah": 4, "jumuah": 4, "friday": 4,
    "sabtu": 5, "saptu": 5, "setu": 5, "saturday": 5,
    "minggu": 6, "ahad": 6, "sunday": 6,
}  # fmt: skip
MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "february": 2,
    "maret": 3, "mar": 3, "mrt": 3, "march": 3, "april": 4, "apr": 4, "mei": 5, "may": 5,
    "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7,
    "agustus": 8, "agust": 8, "agst": 8, "agt": 8, "ags": 8, "agu": 8, "aug": 8, "august": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12, "des": 12, "dec": 12, "december": 12,
}  # fmt: skip
WEEKDAY = "|".join(WEEKDAYS)
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
HALF_A_YEAR = timedelta(days=184)
OLDEST = 2000  # a year before this is a slip of the finger
D = r"(?P<d>[0-9]{1,2})"
YEAR = r"(?P<y>[0-9]{4})\b"
SHORT_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})(?![0-9.:/])"


@dataclass(slots=True)
class Marks:
    """What was found. `why` is why it cannot be read: depan, samar, ganda or asing; the first one stands."""

    today: date
    days: set[date] = field(default_factory=set)
    weekday: int | None = None
    flags: set[str] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)
    clocks: list[int] = field(default_factory=list)
    bare: int | None = None  # "Selasa 3": the day of a month, only with a weekday
    why: str = ""

    def refuse(self, why: str) -> None:
        """Note why it is not readable."""
        self.why = self.why or why

    def on(self, weekday: int) -> None:
        """Note a weekday, 0 for Monday; two different ones cannot both be meant."""
        if self.weekday not in {None, weekday}:
            self.refuse("ganda")
        self.weekday = weekday

    def put(self, year: int, month: int, day: int) -> None:
        """Add a full date; one that does not exist, or lies in another century, is not understood."""
        made = _real(year, month, day) if year >= OLDEST else None
        if made is None:
            self.refuse("asing")
        else:
            self.name(made)

    def name(self, day: date) -> None:
        """Add a date that was named by its number, not by its distance from today."""
        self.days.add(day)
        self.flags.add("named")

    def ago(self, days: int) -> None:
        """Add the day so many days before today."""
        self.days.add(self.today - timedelta(days=days))


def scan(text: str, today: date) -> Marks:
    """Read the phrase from left to right; the first unknown word ends it as "asing"."""
    marks, at, line = Marks(today), 0, regular(text)
    while at < len(line):
        for pattern, note in RULES:
            if found := pattern.match(line, at):
                note(marks, found)
                at = found.end()
                break
        else:
            marks.refuse("asing")
            break
        at += len(line[at:]) - len(line[at:].lstrip())
    return marks


def regular(text: str) -> str:
    """The phrase as the rules know it: regular words, figures, single spaces, no commas and brackets."""
    line = plain(text).replace("last night", "semalam").replace("mau bengi", "semalam")
    line = in_figures(apart(unslang(apart(line))))
    line = re.sub(r"(?<=[0-9]) ?[-–—] ?(?=[0-9]|habis\b)", "-", line)
    line = re.sub(r"[,;()\"!?…“”–—]|\.(?![0-9])|(?<![0-9])-|-(?![0-9]|an\b|habis\b)", " ", line)
    return named(" ".join(line.split()))


def _flag(name: str) -> Callable[[Marks, re.Match[str]], None]:
    return lambda marks, _: marks.flags.add(name)


def _refuse(why: str) -> Callable[[Marks, re.Match[str]], None]:
    return lambda marks, _: marks.refuse(why)


def _ago(days: int) -> Callable[[Marks, re.Match[str]], None]:
    return lambda marks, _: marks.ago(days)


def _days_ago(marks: Marks, found: re.Match[str]) -> None:
    marks.ago(int(found["n"]))


def _hours_ago(marks: Marks, found: re.Match[str]) -> None:
    recent = int(found["n"]) <= (3 if found["unit"] == "jam" else 180)
    marks.ago(0) if recent else marks.refuse("samar")  # longer ago may be yesterday: only a clock could tell


def _weekday(marks: Marks, found: re.Match[str]) -> None:
    marks.on(WEEKDAYS[found["w"]])


def _eve(marks: Marks, found: re.Match[str]) -> None:
    """Read "malam Jumat", the evening before Friday; "Jumat malam" is Friday's own."""
    marks.on((WEEKDAYS[found["w"]] - 1) % 7)
    marks.parts.append("malam")


def _full(marks: Marks, found: re.Match[str]) -> None:
    month = MONTHS.get(found["m"]) or int(found["m"])
    year = int(found["y"])
    marks.put(year + 2000 if year < 100 else year, month, int(found["d"]))  # noqa: PLR2004 - two figures


def _yearless(marks: Marks, found: re.Match[str]) -> None:
    """The nearest such day if it has passed; if a coming one is nearer, it may be meant: not read."""
    month, day = MONTHS.get(found["m"]) or int(found["m"]), int(found["d"])
    _nearest(marks, [(year, month, day) for year in range(marks.today.year - 1, marks.today.year + 2)])


def _day_of_month(marks: Marks, found: re.Match[str]) -> None:
    nearest_month(marks, int(found["d"]))


def nearest_month(marks: Marks, day: int) -> None:
    """Add day N of this month or the last, by the same rule of nearness."""
    months = [marks.today.year * 12 + marks.today.month - 1 + step for step in (-1, 0, 1)]
    _nearest(marks, [(*divmod(month, 12), day) for month in months], first_month=1)


def _nearest(marks: Marks, choices: list[tuple[int, int, int]], *, first_month: int = 0) -> None:
    days = [made for year, month, day in choices if (made := _real(year, month + first_month, day))]
    past = max((day for day in days if day <= marks.today), default=None)
    coming = min((day for day in days if day > marks.today), default=None)
    if past is None:
        marks.refuse("depan" if coming else "asing")
    elif coming and coming - marks.today < marks.today - past:
        marks.refuse("depan")
    elif marks.today - past > HALF_A_YEAR:  # 29 February of another year
        marks.refuse("asing")
    else:
        marks.name(past)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_month(marks: Marks, found: re.Match[str]) -> None:
    back = 0 if found["which"] == "ini" else 1
    year, month = divmod(marks.today.year * 12 + marks.today.month - 1 - back, 12)
    marks.put(year, month + 1, int(found["d"]))


def _bare(marks: Marks, found: re.Match[str]) -> None:
    marks.refuse("asing") if marks.bare is not None else None
    marks.bare = int(found["d"])


def _clock(marks: Marks, found: re.Match[str]) -> None:
    clock = minutes(found)
    marks.refuse("asing") if clock is None else marks.clocks.append(clock)


def _after_prayer(marks: Marks, found: re.Match[str]) -> None:
    marks.parts.append(f"habis {'jumatan' if found['prayer'] == 'jumat' else found['prayer']}")


def _part(marks: Marks, found: re.Match[str]) -> None:
    marks.parts.append(found["p"])
    if found[0].endswith(" ini"):
        marks.flags.add("ini")


_LALU = r"(?:yang )?(?:lalu|lewat|kemarin|silam|tadi)"
_ABOUT = r"(?:(?:sekitar|kira kira|menjelang|jelang) )?"
_PART = "|".join((*PARTS, *PRAYERS))
_TANGGAL = r"(?:pada )?(?:tanggal )?"
_WORDS: tuple[tuple[str, Callable[[Marks, re.Match[str]], None]], ...] = (
    # now
    (r"(?:sampai|hingga|s/d|sd) (?:dengan )?(?:sekarang|saat ini|detik ini|hari ini)", _flag("ongoing")),
    (r"(?:hari ini )?(?:sekarang(?: ini)?|saat ini|detik ini)(?: juga)?", _flag("ongoing")),
    (r"(?:(?:sedang|masih|lagi|tengah) )+(?:berlangsung|berjalan|terjadi|acara|ada)|live|on ?going", _flag("ongoing")),
    (r"belum (?:habis|bubar|kelar|rampung)", _flag("ongoing")),
    (r"(?:hari ini|ini hari|hariini)(?: tadi| juga)?", _ago(0)),
    (r"barusan(?: saja| tadi| ini)?|baru saja(?: tadi)?|tadi barusan|baru tadi", _ago(0)),
    (r"(?P<n>[0-9]{1,3}) (?P<unit>menit|jam) " + _LALU, _hours_ago),
    # the near past
    (r"(?:tadi|kemarin) tengah malam|tengah malam (?:tadi|kemarin)", _refuse("ganda")),
    (r"(?:tadi malam|malam tadi|semalam)(?: tadi)?", _flag("last night")),
    (r"kemarin[ -]lusa(?:nya)?|lusa kemarin|kemarin dulu|kemarinnya kemarin", _ago(2)),
    (r"kemarin[ -]kemarin", _refuse("samar")),
    (r"(?P<n>[0-9]{1,3}) hari (?:" + _LALU + r"|sebelumnya|sebelum ini)(?: ini)?", _days_ago),
    # what is to come, and what is only about
    (r"[0-9]+ (?:hari|minggu|bulan|jam|menit) (?:lagi|ke depan|mendatang|kedepan)", _refuse("depan")),
    (r"besok|lusa|nanti|mendatang|akan datang|akan|(?:yang akan )?depan|ke ?depan", _refuse("depan")),
    # weekdays
    (r"malam (?:hari )?(?P<w>" + WEEKDAY + r")(?:an)?\b", _eve),
    (r"hari (?P<w>" + WEEKDAY + r")", _weekday),
    (r"(?:minggu|pekan) (?:yang )?(?:lalu|kemarin|lewat|silam)", _flag("last week")),
    (r"(?:minggu|pekan) ini", _flag("this week")),
    (r"[0-9]+ (?:minggu|bulan|tahun|pekan)(?! [0-9])", _refuse("samar")),
    (r"(?P<w>" + WEEKDAY + r")", _weekday),
    # dates
    (r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])", _full),
    (_TANGGAL + D + r" ?[-/.] ?(?P<m>[0-9]{1,2}) ?[-/.] ?" + SHORT_YEAR, _full),
    (_TANGGAL + D + r" (?P<m>[0-9]{1,2}) " + YEAR, _full),
    (_TANGGAL + D + r"(?: bulan |[ \-/.]*)(?P<m>" + MONTH + r")(?: tahun |[ \-/.]+)" + SHORT_YEAR, _full),
    (r"(?P<m>" + MONTH + r") (?P<d>[0-9]{1,2})(?:st|nd|rd|th)? " + YEAR, _full),
    (_TANGGAL + D + r"(?: bulan |[ \-/.]*)(?P<m>" + MONTH + r")(?! [0-9]{4})\b", _yearless),
    (r"(?P<m>" + MONTH + r") (?P<d>[0-9]{1,2})(?![0-9.:])", _yearless),
    (_TANGGAL + D + r" bulan (?P<m>[0-9]{1,2})(?![0-9])", _yearless),
    (r"(?:pada )?tanggal " + D + r" bulan (?P<which>ini|" + _LALU + r")", _of_month),
    (r"(?:pada )?tanggal " + D + r"[-/.](?P<m>[0-9]{1,2})(?![0-9./-])", _yearless),
    (D + r" ?/ ?(?P<m>[0-9]{1,2})(?![0-9./-])", _yearless),
    (D + r"-(?P<m>[0-9]{1,2})(?![0-9./-])(?! (?:" + MONTH + r"|bulan)\b)", _yearless),
    (r"(?:pada )?tanggal " + D + r"(?! ?(?:[-/.] ?[0-9]|dan|atau|sampai|hingga|sd))(?![0-9])", _day_of_month),
    # the hour
    (CLOCK.pattern, _clock),
    (
        r"(?:sampai|hingga|s/d|sd) (?:" + CLOCK.pattern + r"(?: (?:" + _PART + r"))?|habis)",
        _flag("until"),
    ),
    (_ABOUT + r"habis (?:salat |sholat |shalat |solat )?(?P<prayer>jumat|" + "|".join(PRAYERS) + r")\b", _after_prayer),
    (_ABOUT + r"(?P<p>" + _PART + r")(?: pagi| ?2)?(?: sekali| banget| ini)?\b", _part),
    (r"(?:wib|wita|wit)\b", _flag("zone")),
    (D + r"(?![0-9./:-])(?! (?:minggu|bulan|hari))", _bare),
    # what only leans on the rest
    (r"tadi", _flag("tadi")),
    (r"kemarin", _flag("kemarin")),
    (_LALU + r"|terakhir|barusan ini", _flag("lalu")),
    (r"ini", _flag("ini")),
    (r"(?:sejak|dari|mulai)(?: (?:sejak|dari|mulai))?", _flag("since")),
    (
        r"awal|akhir|pertengahan|beberapa|sekitar|kira[ -]kira|kurang lebih|mungkin|kayaknya|sepertinya|antara|atau|"
        r"bulan|tahun|pekan|lupa|sering|setiap|tiap|selalu|biasanya|dulu|waktu itu|kalau tidak salah|kalo tidak salah|"
        r"tidak (?:tahu|ingat|pasti)|kurang (?:tahu|ingat)|sampai|hingga|" + MONTH,
        _refuse("samar"),
    ),
    (
        r"pada|di|hari|itu|ya|yah|iya|pak|bu|min|kak|mas|mbak|bang|bro|gan|sih|kok|lah|deh|waktu|saat|ketika|pas|terjadi|"
        r"kejadian(?:nya)?|acara(?:nya)?|bertepatan|tepatnya|yaitu|yakni|saya|aku|baru|tahu|lihat|melihat|dengar|"
        r"mendengar|dapat|info|kabar|sudah|juga|saja|aja|dan|tanggal(?= (?:1 )?(?:" + WEEKDAY + r"))",
        _flag("filler"),
    ),
)
RULES = tuple((re.compile(pattern + r"(?!\w)"), note) for pattern, note in _WORDS)
