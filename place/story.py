"""A whole sentence that names a place somewhere: only strong evidence counts, everyday words do not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from place import mentions as reader
from place.found import Found, question, refusal, routed, traced
from place.reading import ranked

if TYPE_CHECKING:
    from place.mentions import Mention
    from place.reading import Reading
    from place.text import Text

MARGIN = 0.95
MOST = 6  # options; a story that fits more says too little
SHORT_NAME = 4  # letters; a name this short needs capitals or a word before it
NEAR = 2  # words between two names that support each other
LONG = 10  # letters of a name that is hardly met by chance
FEW = 10  # words of what may be an address without commas
AT = 0.3  # what "di" before a name adds: it orders options, it decides nothing


def find_in(text: Text) -> Found:
    """Decide for a story."""
    found = reader.exact(text)
    firm = [m for m in found if _firm(text, m) or _paired(text, m, found)]
    beside = [m for m in found if m.level in {"kec", "desa", "town"} and m not in firm and _beside(text, m, firm)]
    heard = [_located(text, m) for m in (*firm, *beside)]
    anchored = [r for r in ranked(heard, reader.CROWD) if _anchored(r)]
    if not anchored:
        return refusal("cerita-tanpa-tempat")
    top = anchored[0]
    rivals = [r for r in anchored if r.score > top.score - MARGIN]
    trace = traced(
        "cerita",
        candidates=[r.code for r in rivals[:MOST]],
        read=[f"{m.level}:{' '.join(text.words[i].typed for i in m.words)}" for m in top.mentions],
    )
    return _answer(rivals, trace)


def _answer(rivals: list[Reading], trace: dict[str, object]) -> Found:
    top = rivals[0]
    if len(rivals) == 1:
        return routed(top.code, trace, **top.below())
    provinces = {r.code[:2] for r in rivals}
    province = top.code[:2] if len(provinces) == 1 and any(m.level == "prov" for m in top.mentions) else ""
    if province:
        return question([], {**trace, "rule": "cerita-provinsi"}, province)
    if len(rivals) > MOST:
        return refusal("cerita-terlalu-umum", candidates=len(rivals))
    return question([r.code for r in rivals], {**trace, "rule": "cerita-ganda"})


def _anchored(reading: Reading) -> bool:
    """Whether a reading rests on a kabupaten, kota, province, or a marked name below."""
    return any(m.level in {"kab", "prov", "town"} or m.marked for m in reading.mentions)


def _previous(text: Text, mention: Mention) -> str:
    return text.words[mention.start - 1].text if mention.start else ""


def _capital(text: Text, mention: Mention) -> bool:
    """Whether every word is capitalised, in a text that is not so, or in capitals, throughout."""
    typed = [text.words[i].typed for i in mention.words]
    small = [w.typed for w in text.words if w.typed.isalpha() and not w.typed[:1].isupper()]
    return bool(small) and all(w[:1].isupper() for w in typed)


def _firm(text: Text, mention: Mention) -> bool:
    """Whether a mention may stand on its own feet in a sentence."""
    if mention.marked:
        return _marked_firmly(text, mention)
    if mention.level not in {"kab", "prov", "town"} or mention.mismatch:
        return False
    words = [text.words[i].text for i in mention.words]
    if (
        _previous(text, mention) in text.vocabulary.person
        or text.street[mention.start]
        or reader.after_goods(text, mention)
    ):
        return False
    located = _previous(text, mention) in text.vocabulary.before
    plain = len(words) == 1 and (words[0] in text.vocabulary.common or len(words[0]) <= SHORT_NAME)
    if plain or mention.level == "town":
        return located and _capital(text, mention)
    return located or _capital(text, mention) or len(words) > 1 or mention.level in {"kab", "prov"}


def _marked_firmly(text: Text, mention: Mention) -> bool:
    """A marked name counts, unless it is an everyday word after a soft marker ("desa sendiri", "kota kita").

    Of a desa that word must be a capital's: nearly every word is some desa's name ("pak lurah minta uang").
    """
    word = text.words[mention.end - 1].text
    everyday = word in text.vocabulary.noise or word in text.vocabulary.person or len(word) <= 2  # noqa: PLR2004
    if mention.end - mention.start <= 2 and everyday:  # noqa: PLR2004  (marker and one word)
        return False
    return mention.level != "desa" or _capital(text, replace(mention, start=mention.end - 1))


def _paired(text: Text, mention: Mention, found: list[Mention]) -> bool:
    """Whether a bare kabupaten follows one of its own kecamatan ("di Lore Barat, Poso")."""
    if mention.level not in {"kab", "town"} or mention.mismatch:
        return False
    return any(
        other.level == "kec"
        and other.end == mention.start
        and other.units.keys() & mention.units.keys()
        and (_previous(text, other) in text.vocabulary.before or (_capital(text, other) and _capital(text, mention)))
        for other in found
    )


def _beside(text: Text, mention: Mention, firm: list[Mention]) -> bool:
    """Whether a bare kecamatan or desa stands right beside a firm name of its own kabupaten."""
    if _previous(text, mention) in text.vocabulary.person:
        return False
    return any(
        other.level not in {mention.level, "prov"}
        and other.units.keys() & mention.units.keys()
        and (0 <= other.start - mention.end <= NEAR or 0 <= mention.start - other.end <= NEAR)
        and not _equals(text, mention, other)
        for other in firm
    )


def _equals(text: Text, one: Mention, other: Mention) -> bool:
    """Whether two names stand side by side ("Sukoharjo dan Wonogiri"), so that neither lies in the other."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return any(text.words[i].text in text.vocabulary.either for i in range(first.end, second.start))


def _located(text: Text, mention: Mention) -> Mention:
    at = _previous(text, mention) in {"di", "ke", "daerah", "wilayah"}
    return replace(mention, weight=mention.weight + AT * at)


def is_told(text: Text, found: Found) -> bool:
    """Whether a typed answer left so much unread that the text is a story rather than a place."""
    covered = sum(len(part.split(":", 1)[1].split()) for part in found.trace.get("read", ()))
    unread = len(text.content()) - covered
    return unread > max(1, covered // 2)


def is_plain(text: Text, found: Found) -> bool:
    """Whether a few words hold a place for certain, though more is unread than read.

    That is a kabupaten with one of its parts, or with a part that we do not know but a marker announces; or a long
    name ("Poco Ranaka, Manggarai Timur").
    """
    read = [part.split(":", 1) for part in found.trace.get("read", ())]
    if len(text.words) > FEW or not any(level == "kab" for level, _ in read):
        return False
    below = len(read) > 1 or any(marker in {"kec", "desa"} for marker in text.markers)
    return below or max(len(name) for _, name in read) >= LONG
