"""The hour in a typed phrase: "jam 7 malam", "pukul 19.30 WIB", "setengah delapan", "habis magrib"."""

from __future__ import annotations

import re

PRAYERS = {
    "subuh": "pagi",
    "zuhur": "siang",
    "jumatan": "siang",
    "asar": "sore",
    "magrib": "malam",
    "isya": "malam",
    "tarawih": "malam",
}
PARTS = ("tengah malam", "tengah hari", "dini hari", "pagi", "siang", "sore", "petang", "malam")
MIDNIGHT = "tengah malam"
NOON = 12
SMALL_HOURS = 4  # "jam 1 malam" to "jam 4 malam" lie after midnight

_ABOUT = r"(?:(?:sekitar|kira[ -]kira|kurang lebih) )?"
_END = r"(?:[0-9]{1,2}(?:[.:][0-9]{2})?|habis)(?![0-9])"
CLOCK = re.compile(
    _ABOUT + r"(?:jam|pukul)(?: \.)? " + _ABOUT + r"(?P<half>setengah )?(?P<hour>[0-9]{1,2})"
    r"(?:[.:](?P<minute>[0-9]{2})(?![0-9])| (?P<way>lewat|lebih|kurang) (?P<by>[0-9]{1,2}|seperempat)(?: menit)?)?"
    r"(?: ?-? ?an\b)?(?: ?(?:-|s/d|sd|sampai|hingga) ?(?:(?:jam|pukul) )?" + _END + r")?"
    r"(?: (?:wib|wita|wit)\b)?(?! (?:menit|jam|hari)\b)(?![\w/:])"
)
# Hours that are typed without "jam"; a point is only trusted where it cannot be a date: 19.30, not 12.10.
_BARE = re.compile(
    r"(?<![\w./:-])(?<!jam )(?<!pukul )(?<!tanggal )(?="
    r"setengah [0-9]|[0-9]{1,2}:[0-9]{2}\b|[0-9]{1,2}\.(?:00|1[3-9]|[2-5][0-9])(?![0-9./])|"
    r"[0-9]{1,2}\.[0-9]{2} wi(?:b|ta|t)\b)"
)


def named(text: str) -> str:
    """Put "jam" before every hour that is typed without it."""
    return _BARE.sub("jam ", text)


def minutes(found: re.Match[str]) -> int | None:
    """Minutes since midnight as typed, before any part of the day is known; None for no time of day."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):  # noqa: PLR2004 - a clock's face
        return None
    if found["half"]:
        return None if not 1 <= hour <= NOON or minute else (hour * 60 - 30) or 30
    by = 15 if found["by"] == "seperempat" else int(found["by"] or 0)
    total = hour * 60 + minute + (-by if found["way"] == "kurang" else by)
    return total if 0 <= total <= 24 * 60 and by < 60 else None  # noqa: PLR2004


def said(clock: int | None, part: str) -> str | None:
    """The time as it is kept: "19.30", "tengah malam", "malam", "habis magrib"; None if the two contradict."""
    if clock is None:
        return part
    hour, minute = divmod(clock, 60)
    shifted = _shift(hour, PRAYERS.get(part.removeprefix("habis "), part))
    if shifted is None:
        return None
    return MIDNIGHT if shifted == 24 and not minute else f"{shifted % 24:02}.{minute:02}"  # noqa: PLR2004


def _shift(hour: int, part: str) -> int | None:
    """The hour of 24 that a part of the day makes of it; 24 is midnight."""
    low, high, add_to = _FACES.get(part, (0, 24, 0))
    if hour in _AT_NIGHT.get(part, {}):
        return _AT_NIGHT[part][hour]
    if hour <= add_to:
        hour += NOON
    return hour if low <= hour <= high else None


# part -> earliest and latest hour, and up to which hour twelve is added
_FACES = {
    "pagi": (0, 11, -1),
    "dini hari": (0, 5, -1),
    "siang": (9, 17, 5),
    "tengah hari": (11, 13, 1),
    "sore": (13, 19, 7),
    "petang": (13, 19, 7),
    "malam": (17, 24, 11),
    "tengah malam": (22, 24, 11),
}
_AT_NIGHT = {
    "malam": {24: 24, 0: 24, 12: 24} | {hour: hour for hour in range(1, SMALL_HOURS + 1)},
    "tengah malam": {24: 24, 0: 24, 12: 24} | {hour: hour for hour in range(1, SMALL_HOURS + 1)},
    "dini hari": {12: 0},
}

# part -> the hour before which it cannot have begun
_BEGINS = {
    "pagi": 4, "siang": 10, "tengah hari": 11, "sore": 14, "petang": 16, "malam": 17, "tengah malam": 21,
    "subuh": 4, "zuhur": 11, "jumatan": 11, "asar": 14, "magrib": 17, "isya": 18, "tarawih": 19,
}  # fmt: skip


def begins(time_text: str | None) -> int:
    """Minutes since midnight at which a kept time begins at the earliest; 0 where none is known."""
    if not time_text:
        return 0
    hour, _, minute = time_text.partition(".")
    if hour.isdigit():
        return int(hour) * 60 + int(minute or 0)
    return _BEGINS.get(time_text.removeprefix("habis "), 0) * 60
