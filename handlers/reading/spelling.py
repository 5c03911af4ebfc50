"""Everyday spelling made regular: chat slang, abbreviations and regional words, one word at a time."""

from __future__ import annotations

import re
import unicodedata

SLANG = {
    # negation and small words
    **dict.fromkeys((
        "tdk", "gak", "ga", "gk", "nggak", "ngga", "enggak", "engga", "kagak", "tak", "ora", "teu",
        "ndak"
    ), "tidak"),
    **dict.fromkeys(("gada", "gaada", "gakada", "nggakada", "taada", "tiada"), "tidak ada"),
    **dict.fromkeys(("yg", "sing", "nu"), "yang"),
    **dict.fromkeys(("tau", "tahunya", "taunya"), "tahu"),
    **dict.fromkeys(("dgn", "dg"), "dengan"),
    **dict.fromkeys(("utk",), "untuk"),
    **dict.fromkeys(("blm", "blom", "belom"), "belum"),
    **dict.fromkeys(("bkn",), "bukan"),
    **dict.fromkeys(("udah", "udh", "sdh", "dah"), "sudah"),
    **dict.fromkeys(("org", "wong"), "orang"),
    **dict.fromkeys(("pd",), "pada"),
    **dict.fromkeys(("jg", "jga"), "juga"),
    **dict.fromkeys(("gatau", "gatahu", "gktau", "gaktau", "nggatau", "gtau", "gtw"), "tidak tahu"),
    **dict.fromkeys(("liat",), "lihat"),
    **dict.fromkeys(("aja",), "saja"),
    **dict.fromkeys(("bs", "bsa"), "bisa"),
    **dict.fromkeys(("dr",), "dari"),
    **dict.fromkeys(("jgn",), "jangan"),
    **dict.fromkeys(("bpk", "bapak", "pa"), "pak"),
    **dict.fromkeys(("ibu", "bunda"), "bu"),
    "himbau": "imbau", "menghimbau": "mengimbau", "dihimbau": "diimbau", "himbauan": "imbauan",
    # days
    **dict.fromkeys((
        "kmrn", "kmren", "kmaren", "kemaren", "kmrin", "kemarn", "kemrin", "kmarin", "wingi", "kamari",
        "yesterday"
    ), "kemarin"),
    **dict.fromkeys(("hr", "hri", "hariny", "dina", "dinten", "poe", "dino", "harinya"), "hari"),
    **dict.fromkeys(("mggu", "mgg", "mngg", "minggunya"), "minggu"),
    **dict.fromkeys(("bln",), "bulan"),
    **dict.fromkeys(("thn", "th"), "tahun"),
    **dict.fromkeys((
        "tgl", "tg", "tggl", "tnggl", "tanggl", "tgal", "tanggalnya", "tglnya", "kaping"
    ), "tanggal"),
    **dict.fromkeys(("lalau", "llu", "kepungkur", "kapungkur", "ago"), "lalu"),
    **dict.fromkeys(("bsk", "besuk", "tomorrow", "sesuk", "isukan"), "besok"),
    **dict.fromkeys(("td", "tdi", "tadinya"), "tadi"),
    **dict.fromkeys((
        "semlm", "smlm", "semalem", "smalam", "smalem", "semaleman", "tadimalam", "tadimalem"
    ), "semalam"),
    **dict.fromkeys(("skrg", "skg", "skrng", "skarang", "saiki", "ayeuna", "sekrang", "now"), "sekarang"),
    **dict.fromkeys(("lg", "lgi"), "lagi"),
    **dict.fromkeys(("sdg", "sdang"), "sedang"),
    **dict.fromkeys(("msh", "masi", "msih"), "masih"),
    **dict.fromkeys(("brusan", "barusan", "barusaja", "brusn"), "barusan"),
    "iki": "ini", "ieu": "ini", "today": "hariini", "days": "hari",
    # parts of the day
    **dict.fromkeys((
        "malem", "mlm", "mlem", "malm", "bengi", "peuting", "wengi", "dalu", "malemnya", "malamnya"
    ), "malam"),
    **dict.fromkeys(("pg", "pgi", "esuk", "isuk", "enjing", "enjang", "paginya"), "pagi"),
    **dict.fromkeys(("sor", "sre", "sonten", "soré", "sorenya"), "sore"),
    **dict.fromkeys(("siank", "siangnya", "awan", "beurang"), "siang"),
    **dict.fromkeys(("shubuh", "subuhnya"), "subuh"),
    **dict.fromkeys(("jm", "jamnya"), "jam"),
    **dict.fromkeys(("pkl", "pkul", "pukulnya"), "pukul"),
    **dict.fromkeys(("stgh", "stngh", "stengah"), "setengah"),
    **dict.fromkeys(("mnt", "mnit"), "menit"),
    **dict.fromkeys(("sktr", "sekitaran", "sekitarnya", "kurleb"), "sekitar"),
    **dict.fromkeys(("maghrib", "mahgrib", "magrip"), "magrib"),
    **dict.fromkeys(("ashar",), "asar"),
    **dict.fromkeys(("dzuhur", "dhuhur", "duhur", "zhuhur", "lohor", "luhur", "dzuhr"), "zuhur"),
    **dict.fromkeys(("isyak", "isa", "isak"), "isya"),
    **dict.fromkeys((
        "abis", "sehabis", "selesai", "sesudah", "bakda", "bada", "ba'da", "setelah", "usai", "selepas", "seusai",
        "bubar", "sepulang"
    ), "habis"),
    # numbers and ordinals
    **dict.fromkeys(("nomer", "nmr", "nmor", "no", "nomor"), "nomor"),
    "setunggal": "satu", "siji": "satu", "hiji": "satu", "loro": "dua", "rong": "dua", "telu": "tiga", "telung": "tiga",
    "tilu": "tiga", "kalih": "dua", "papat": "empat", "patang": "empat", "opat": "empat", "limang": "lima",
    "sehari": "1 hari", "sejam": "1 jam", "seminggu": "1 minggu", "sepekan": "1 minggu", "sebulan": "1 bulan",
    "setahun": "1 tahun",
}  # fmt: skip

UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
NUMBERS = {word: value for value, word in enumerate(UNITS)} | {"sepuluh": 10, "sebelas": 11}
TWO_WORDS = re.compile(rf"\b({'|'.join(UNITS[2:])}) (belas|puluh)(?: ({'|'.join(UNITS[1:])}))?\b")
GLUED = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
WORD = re.compile(r"[^\W\d_]+")
MARKS = re.compile(r"['’`‘]")
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufe0f\u20e3\ufeff]")


def plain(text: str) -> str:
    """Lower case, one kind of letters, single spaces; accents and the marks inside words (jum'at) go."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(MARKS.sub("", text.casefold()).split())


def unslang(text: str) -> str:
    """Plain text with its words in their regular form; punctuation is left where it is."""
    return WORD.sub(lambda word: SLANG.get(word[0], word[0]), plain(text))


def in_figures(text: str) -> str:
    """Number words as figures: "dua puluh satu" is 21, "sepuluh" 10."""
    text = TWO_WORDS.sub(_two_words, text)
    return WORD.sub(lambda word: str(NUMBERS.get(word[0], word[0])), text)


def _two_words(found: re.Match[str]) -> str:
    first, scale, rest = found.groups()
    if scale == "belas":
        return str(10 + NUMBERS[first]) + (f" {rest}" if rest else "")
    return str(10 * NUMBERS[first] + NUMBERS.get(rest or "nol", 0))


def apart(text: str) -> str:
    """Figures and letters that were typed together: "3sep" is "3 sep"."""
    return GLUED.sub(" ", text)
