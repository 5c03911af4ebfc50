"""Labels: an office's own words on its cases, by which they are found again; sealed, since they may name people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers.asking import asking
from handlers.desk_effects import LoadDesk, NoteLabel
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.flow import Misread
from handlers.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handlers.desk_events import DeskLoaded
    from handlers.reply import Here
    from handlers.state import State
    from handlers.view import CaseView

LONGEST, MOST = 20, 5  # characters of a label, labels of a case
ON, OFF = ".+", ".-"  # before the word of a button of the list: what it is to become
ANEW = "!"  # a list that is asked for, before the case's revision
GONE = "-"  # before a word that was taken off just now, and can be put on again
DEEDS = frozenset({"label", "tanpa_label"})  # rows of history whose note is a label
ANOTHERS = "milik kantor lain"  # instead of the label of an office that is not the reader's
# Rows of history by which a case lies at the office that they name.
COMING = frozenset({"masuk", "naik", "naik_benturan", "turun", "diputus_atas", "alihkan", "ikut"})
FACT = "label"  # where they stand among a case's sealed facts: by office, since a label is an office's own word
NOT_ONE = T("Label terdiri atas huruf, angka, dan tanda hubung, paling panjang {most} huruf.", most=LONGEST)
WORD = T("Label apa untuk {ticket}? Tulis satu kata; contoh: prioritas")
FULL = T("{ticket} sudah punya {most} label. Lepas dulu salah satunya.")


def tidy(words: str) -> str:
    """A label as it is kept: "#Prioritas" is prioritas, "Bu Sri" is bu-sri. Raises Misread."""
    word = re.sub(r"[\s_]+", "-", words.strip().removeprefix("#").strip().casefold())
    if not re.fullmatch(r"[^\W_]+(-[^\W_]+)*", word) or len(word) > LONGEST:
        raise Misread(NOT_ONE)
    return word


def of(case: CaseView) -> tuple[str, ...]:
    """The labels of the office where the case is."""
    return tuple(case.facts.get(FACT, {}).get(case.office, ()))


def own_rows(rows: Iterable[Mapping[str, Any]], office: str | None) -> tuple[Mapping[str, Any], ...]:
    """A history as this office reads it (None: one that is only asked to take the case): no label but its own.

    The row stays, with who and when: it has its revision, and its link in the chain.
    """
    there, kept = office, []
    for row in rows:
        there = row["office"] if row["action"] in COMING else there
        hidden = row["action"] in DEEDS and (office is None or there != office)
        kept.append({**row, "note": ANOTHERS} if hidden else row)
    return tuple(kept)


def line(case: CaseView) -> tuple[T, ...]:
    """On the card."""
    return (T("Label: {labels}", labels=marked(case)),) if of(case) else ()


def marked(case: CaseView) -> str:
    """As they are typed: #prioritas #bu-sri."""
    return " ".join(f"#{word}" for word in of(case))


def key(office: str, word: str) -> str:
    """The word by which a labelled case is found: another office's same label is another word."""
    return f"#{office}/{word}"


def keys(facts: Mapping[str, Any]) -> Iterator[str]:
    """All such words of a case."""
    return (key(office, word) for office, words in facts.get(FACT, {}).items() for word in words)


def label(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/label KATA: put on, again taken off; without a word the office's labels are shown. Raises Misread."""
    del here
    words = words.strip()
    if not words:
        return (_shown(case, of(case), f"{ANEW}{case.rev}"),)
    coded = words.startswith((ON, OFF))
    word = tidy(words[len(ON) :] if coded else words)
    return _tapped(case, word, wanted=words.startswith(ON)) if coded else _typed(case, word)


def _typed(case: CaseView, word: str) -> tuple[Effect, ...]:
    if why_not := _full(case, word):
        return why_not
    way = T("Pasang lagi") if word in of(case) else T("Lepas label")
    back = (Option(way, f"/label {case.ticket} {word} @{case.rev + 1}"),)
    if word in of(case):
        return (*off(case, word), Send(T("Label {label} dilepas dari {ticket}.", **_named(case, word)), back))
    return (*on(case, word), Send(T("Label {label} dipasang pada {ticket}.", **_named(case, word)), back))


def _tapped(case: CaseView, word: str, *, wanted: bool) -> tuple[Effect, ...]:
    """A tap says what is to be: of two who tap the same at once both get what they meant."""
    had = of(case)
    if wanted == (word in had):
        return (_shown(case, had),)
    if not wanted:
        return (*off(case, word), _shown(case, tuple(f"{GONE}{one}" if one == word else one for one in had)))
    return _full(case, word) or (*on(case, word), _shown(case, (*had, word)))


def _full(case: CaseView, word: str) -> tuple[Effect, ...]:
    if word in of(case) or len(of(case)) < MOST:
        return ()
    return (Send(T(FULL.msgid, ticket=case.ticket, most=MOST)),)


def _shown(case: CaseView, had: tuple[str, ...], how: str = "-") -> LoadDesk:
    """The list, to be tapped: it stands where it stood unless it is asked for anew."""
    return LoadDesk("label", " ".join((case.ticket, how, *had)))


def _named(case: CaseView, word: str) -> dict[str, Any]:
    return {"label": word, "ticket": case.ticket}


def on(case: CaseView, word: str) -> tuple[Effect, ...]:
    """The case with this label, too."""
    return _put(case, "label", word, (*of(case), word))


def off(case: CaseView, word: str) -> tuple[Effect, ...]:
    """The case without it."""
    return _put(case, "tanpa_label", word, tuple(one for one in of(case) if one != word))


def _put(case: CaseView, action: str, word: str, now: tuple[str, ...]) -> tuple[Effect, ...]:
    every = {**case.facts.get(FACT, {}), case.office: list(now)}
    kept = {office: words for office, words in every.items() if words}
    move = MoveCase(case.ticket, case.rev, action, case.status, note=word, facts={FACT: kept or None})
    return (move, NoteLabel(case.office, word, 1 if action == "label" else -1))


def chosen(state: State, event: DeskLoaded, here: Here) -> Reply:
    """The labels that the office uses, each with its mark; a tap turns one on or off, where the list stands.

    The first one of an office is asked for.
    """
    ticket, how, *there = event.words.split()
    anew, rev = how.startswith(ANEW), how.removeprefix(ANEW)
    if anew and not (there or event.labels):
        return asking(state, "label", ticket, int(rev), here)

    def button(word: str) -> Option:
        on = word in there
        name = T("☑ {item}", item=word) if on else T("☐ {item}", item=word)
        return Option(name, f"/label {ticket} {OFF if on else ON}{word}", still=True)

    text = T(
        "Label untuk {ticket}: ketuk untuk memasang atau melepas, atau tulis kata Anda sendiri: /label {ticket} "
        "prioritas",
        ticket=ticket,
    )
    known = dict.fromkeys((*(word.removeprefix(GONE) for word in there), *event.labels))
    ways = tuple(button(word) for word in known)
    return Reply(state, (Send(text, ways, card=f"label:{ticket}", topic=ticket, protect=True, anew=anew),))
