"""From a typed place to its kabupaten: the one that explains most of the words, or a question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from place import gazetteer, slips
from place import mentions as reader
from place.found import Below, Found, question, refusal, routed, traced
from place.reading import Reading, ranked, same_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from place.mentions import Mention
    from place.text import Text

MARGIN = 0.95  # a kabupaten whose score is nearer than this to the best is a rival
MOST = 10  # options; more are searched for, not listed
LOUD = 8.0  # a province in the name of a street weighs less than this
NEARLY = 7.6  # a word
MANY = 6  # unread words; a sentence is not searched for misspelt names
SLIP = 1.85  # a letter wrong in five costs so much
SHORT = 5  # letters; a misspelt name this short is asked about
NAMESAKES = 4  # kabupaten
ABBREVIATION = 3  # letters
FEW = 8  # kabupaten inside which a misspelt kecamatan is sought


def find_place(text: Text) -> Found:
    """Decide for a text that is meant to be a place and little else."""
    if text.whole in text.vocabulary.wide:
        return question((), traced("nama-terlalu-umum", read=[f"prov:{text.whole}"]))
    found = reader.exact(text)
    if several := _either(text, found):
        read = [f"kab:{' '.join(word.typed for word in text.words)}"]
        return question(several, traced("nama-ganda", candidates=several, read=read))
    readings = ranked(found, reader.CROWD)
    unread = text.content() - (readings[0].covered if readings else set())
    if len(unread) <= MANY and (unread or not readings or not readings[0].firm):
        readings, found = _with_misspelt(text, found)
    return _decide(text, readings, found) if readings else _unknown(text, found)


def is_abroad(text: Text) -> bool:
    """Whether all of it is the name of a country or town elsewhere."""
    return text.whole in text.vocabulary.abroad


def _unknown(text: Text, found: Sequence[Mention]) -> Found:
    """What to say where no kabupaten was read: a desa's name that is too common, a word cut short, or nothing."""
    if crowded := [len(m.units) for m in found if m.level == "desa"]:
        return question((), traced("nama-terlalu-umum", candidates=max(crowded)))
    if codes := slips.shortened(text):
        read = [f"kab:{' '.join(word.typed for word in text.words)}"]
        return question(codes, traced("nama-lemah", candidates=codes, read=read))
    return refusal("tak-dikenal")


def _either(text: Text, found: Sequence[Mention]) -> list[str]:
    """Kabupaten that stand side by side as equals ("antara Sukoharjo dan Wonogiri", "Sukoharjo atau Klaten")."""
    plain = [m for m in found if m.level == "kab" and m.exact and not m.mismatch]
    for one in plain:
        for other in plain:
            between = {text.words[i].text for i in range(one.end, other.start)}
            if between & text.vocabulary.either and between <= text.vocabulary.either | text.vocabulary.noise:
                codes = list(dict.fromkeys((*one.units, *other.units)))
                return codes if len(codes) <= MOST else []
    return []


def _with_misspelt(text: Text, found: list[Mention]) -> tuple[list[Reading], list[Mention]]:
    """Read again, with misspelt names: kabupaten everywhere, kecamatan inside what is already known."""
    found = found + slips.misspelt_areas(text, found)
    readings = ranked(found, reader.CROWD)
    covered = readings[0].covered if readings else set()
    if readings and text.content() <= covered and readings[0].firm:
        return readings, found
    inside = [r.code for r in readings[: 2 * FEW] if any(m.level == "kab" for m in r.mentions)][:FEW]
    if inside:
        found = found + slips.misspelt_kecamatan(text, inside, covered)
    if not any(m.level == "kab" and m.exact for r in readings[:1] for m in r.mentions):
        found = found + slips.misspelt_kecamatan(text, None, covered)
    return ranked(found, reader.CROWD), found


def _decide(text: Text, readings: list[Reading], found: Sequence[Mention]) -> Found:
    top = readings[0]
    if in_street := _street(text, top):
        readings = _towns(readings)  # "Jalan Gajah Mada Jember": a street bears many names, its town comes last
        if not readings:
            return refusal("tak-dikenal", candidates=[top.code])
        top = readings[0]
    margin = MARGIN * reader.STREET if in_street else MARGIN
    rivals = [r for r in readings if r.score > top.score - margin or _could_be_meant(top, r)]
    apart = [r for r in readings if r not in rivals and _one_slip_away(top, r, found)]
    spelt_well = [r for r in apart if any(m.mismatch for m in r.mentions)]  # "Kabupaten Surakarta" before Purwakarta
    rivals = spelt_well + rivals + [r for r in apart if r not in spelt_well]
    against = _contradicting(text, top, readings, found)
    trace = traced(
        "nama",
        candidates=[r.code for r in rivals[:MOST]],
        score=round(top.score, 1),
        read=[f"{m.level}:{' '.join(text.words[i].typed for i in m.words)}" for m in top.mentions],
    )
    if against and not top.placed:
        return _ask(against, [], trace)
    if len(rivals) > 1 or against or _elsewhere(top, found):
        return _ask(rivals, against, trace)
    return _decide_one(text, top, found, trace)


def _towns(readings: list[Reading]) -> list[Reading]:
    """Of readings in the name of a street those that are more than a desa."""
    if any(m.level != "desa" for m in readings[0].mentions):
        return readings
    return [r for r in readings if r.has("kab") or r.has("town")]


def _decide_one(text: Text, top: Reading, found: Sequence[Mention], trace: dict[str, object]) -> Found:
    unread = text.unread(top.covered)
    if not top.firm and unread and (len(unread) > len(top.covered) or top.mentions[0].level == "desa"):
        return refusal("tak-dikenal", candidates=[top.code])
    if doubt := _doubt(text, top, unread):
        return question([top.code], {**trace, "rule": doubt}, **top.below())
    if namesakes := _namesakes(top, found):
        codes = [top.code, *namesakes] if len(namesakes) < MOST else [top.code]
        return question(codes, {**trace, "rule": "nama-terlalu-umum"})
    return routed(top.code, trace, **_town_as_kecamatan(top, found).below())


def _town_as_kecamatan(top: Reading, found: Sequence[Mention]) -> Reading:
    """The same, with the kecamatan that bears the name of the town it rests on ("Cibinong")."""
    if len(top.mentions) > 1 or top.mentions[0].level != "town":
        return top
    return replace(top, mentions=(next(same_name(top.mentions[0], found, top.code), top.mentions[0]),))


def _doubt(text: Text, top: Reading, unread: set[int]) -> str:
    """Why the only reading is asked about all the same; "" where it is not."""
    if any(m.mismatch and text.markers[m.start - 1] == "kab" for m in top.mentions if m.start):
        return "nama-jenis-lain"
    if any(text.markers[i - 1] in {"kab", "kota"} - {gazetteer.kind(top.code)} for i in unread if i):
        return "nama-lemah"  # "Kab. Lab. Batu"
    if all(m.level == "pos" for m in top.mentions):
        return "kode-pos"
    if all(reader.after_goods(text, m) for m in top.mentions):
        return "nama-lemah"
    if (
        _named_after(text, top)
        or _cut_short(text, top, unread)
        or (not top.firm and (unread or _slight(text, top) or _street(text, top)))
    ):
        return "nama-lemah"
    return "desa-tunggal" if _lone_desa(top) else ""


def _lone_desa(top: Reading) -> bool:
    """Whether all there is, is one word that is a desa's name: it may as well be a landmark, or anything ("Monas")."""
    only = top.mentions[0]
    return len(top.mentions) == 1 and only.level == "desa" and not only.marked and len(only.words) == 1


def _cut_short(text: Text, top: Reading, unread: set[int]) -> bool:
    """Whether a marked name goes on with words that we do not know ("Kec. Rantau Peureulak"), without a kabupaten."""
    marked = [m for m in top.mentions if m.marked and m.level in {"kec", "desa"}]
    return not top.has("kab") and any(m.end in unread and not text.words[m.end].after_break for m in marked)


def _street(text: Text, top: Reading) -> bool:
    """Whether all there is, is in the name of a street or hamlet."""
    return all(text.street[m.start] and not m.marked for m in top.mentions)


def _named_after(text: Text, top: Reading) -> bool:
    """Whether a street bears the very name that is read ("Jalan Surabaya"), which streets elsewhere do, too."""
    kab = [m for m in top.mentions if m.level == "kab"]
    return bool(kab) and _street(text, top) and text.plain().issuperset(range(kab[0].start))


def _one_slip_away(top: Reading, other: Reading, found: Sequence[Mention]) -> bool:
    """Whether the text says a kabupaten, and a kecamatan of another that is spelt nearly so ("Kutawaringin, Badung").

    Or whether it says "Kota Badung", which is none: the kabupaten may be meant, or Kota Bandung.
    """
    if any(m.mismatch and m.end == n.end for m in other.mentions for n in top.mentions if not n.exact):
        return True
    if top.has("kec") or not top.has("kab") or top.code == other.code:
        return False
    apart = [m for m in found if m.level == "kec" and m.exact and not top.covered.intersection(m.words)]
    return any(other.code in m.units for m in apart) and slips.near(top.code, other.code)


def _could_be_meant(top: Reading, other: Reading) -> bool:
    """Whether a bare kecamatan or desa is one slip away from a kabupaten ("Makasar")."""
    if top.firm or not top.placed or top.mentions[0].level not in {"kec", "desa"}:
        return False
    slip = [m for m in other.mentions if m.level == "kab" and not m.exact]
    return bool(slip) and slip[0].words == top.mentions[0].words and other.score > top.score - SLIP


def _slight(text: Text, top: Reading) -> bool:
    """Whether all there is, is a misspelt name that is short or no kabupaten's: it may be an everyday word."""
    only = top.mentions[0]
    letters = max(sum(len(text.words[i].text) for i in top.covered), len(gazetteer.key_of(top.code)))
    return not only.exact and (letters <= SHORT or only.level != "kab")


def _namesakes(top: Reading, found: Sequence[Mention]) -> list[str]:
    """Other kabupaten with a desa of the name, where they are too many for the kecamatan to be surely meant."""
    words = top.mentions[0].words if not top.firm else range(0)
    same = [m for m in found if m.level == "desa" and m.words == words]
    codes = [code for m in same for code in m.units if code != top.code]
    return codes if len(codes) >= NAMESAKES and top.mentions[0].level == "kec" else []


def _elsewhere(top: Reading, found: Sequence[Mention]) -> bool:
    """Whether the text names a province in which the best reading is not, and never was."""
    beside = [m for m in found if m.level == "prov" and m.exact and not top.covered.intersection(m.words)]
    named = [m for m in beside if m.weight > LOUD]
    return bool(named) and not any(top.code in m.units for m in named)


def _nearly_kabupaten(mention: Mention) -> bool:
    """Whether words are a slip away from a kabupaten's name."""
    return mention.level == "kab" and not mention.exact and mention.weight >= NEARLY * len(mention.words)


def _contradicting(text: Text, top: Reading, readings: list[Reading], found: Sequence[Mention]) -> list[Reading]:
    """What another name in the text says against the best reading ("Kec. Baki, Kab. Sragen")."""
    apart = [m for m in found if m.level != "prov" and not top.covered.intersection(m.words)]
    loud = [m for m in apart if _loud(text, top, m)]
    if top.has("kab") and top.has("kec"):  # lists of desa are never complete: one elsewhere says nothing
        loud = [m for m in loud if m.level != "desa" and m.exact]
    codes = {code for m in loud if top.code not in m.units for code in m.units}
    return [r for r in readings if r.code in codes][:3] if len(codes) <= MOST else []


def _loud(text: Text, top: Reading, mention: Mention) -> bool:
    """Whether a name is said clearly enough to speak against a reading without it."""
    if mention.level == "kab" and mention.exact and (top.loose or not top.has("kab")):
        letters = sum(len(text.words[i].text) for i in mention.words)
        return mention.marked or top.loose or (letters > ABBREVIATION and not text.street[mention.start])
    return (mention.exact and mention.marked) or _nearly_kabupaten(mention)


def _ask(rivals: list[Reading], against: list[Reading], trace: dict[str, object]) -> Found:
    codes = list(dict.fromkeys(r.code for r in (*rivals, *against)))
    provinces = {m.level for r in rivals for m in r.mentions}
    province = rivals[0].code[:2] if len({code[:2] for code in codes}) == 1 and "prov" in provinces else ""
    rule = "nama-provinsi" if province else "nama-ganda"
    if len(codes) > MOST:
        codes = [r.code for r in rivals if any(m.level == "kab" for m in r.mentions)][:MOST]
        rule = rule if province else "nama-terlalu-umum"
    below = Below(kecamatan=rivals[0].below().get("kecamatan", "") if codes and not province else "")
    return question(codes, {**trace, "rule": rule}, province, **below)
