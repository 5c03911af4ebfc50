"""One case of many: whether it is done to this one, what that is, and how it is taken back; as one by one would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import labels
from handlers.desk import note, release, take
from handlers.effects import Effect, MoveCase, Send
from handlers.frozen import replace
from handlers.life import BARU, DITANGANI, ENDED
from handlers.offers import is_guest, offered_to, withdraw
from handlers.people import hand_over
from handlers.steps import refused
from handlers.triage import permitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.desk_effects import One, Wish
    from handlers.reply import Here
    from handlers.view import CaseView


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case as it is now, what is wanted of it, and `was`: how it was before, where that is to come back."""

    wish: Wish
    case: CaseView
    was: One


def left_out(wish: Wish, case: CaseView, unable: frozenset[str], here: Here) -> str:
    """Why it is left alone, a key of handlers.bulk.LEFT; "" where nothing is in the way."""
    if is_guest(here.officer, case):
        return "tamu"
    if wish.action == "catat":
        return ""
    if wish.action == "label":
        return _labelled(wish, case)
    if case.offered:
        return "ditawarkan"
    if case.ticket in unable:
        return "tujuan"
    return _handed(wish, case) if wish.action == "serahkan" else _moved(wish, case, here)


def _labelled(wish: Wish, case: CaseView) -> str:
    if wish.words in labels.of(case):
        return "sudah"
    return "penuh" if len(labels.of(case)) >= labels.MOST else ""


def _handed(wish: Wish, case: CaseView) -> str:
    if case.status in ENDED:
        return "status"
    return "sudah" if case.holder == wish.officer else ""


def _moved(wish: Wish, case: CaseView, here: Here) -> str:
    if wish.action == "alihkan" and wish.office == case.office:
        return "sudah"
    if not permitted(wish.action, case) and not (wish.action == "ambil" and case.status == DITANGANI):
        return "status"
    if refused(wish.action, case, here.officer) is None:
        return ""
    return "sendiri" if case.holder == here.officer.id else "orang_lain"


# --- done -----------------------------------------------------------------------------------------------------


def doing(one: Chosen, here: Here) -> tuple[Effect, ...]:
    """The same effects as of the command, without what it would say here for each."""
    return _mute(DOING[one.wish.action](one, here))


def _mute(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    kept = [effect for effect in effects if not isinstance(effect, Send)]
    return tuple(replace(one, shows=False, said=None) if isinstance(one, MoveCase) else one for one in kept)


DOING: dict[str, Callable[[Chosen, Here], tuple[Effect, ...]]] = {
    "ambil": lambda one, here: take(one.case, "", here),
    "lepas": lambda one, here: release(one.case, "", here),
    "label": lambda one, _: labels.on(one.case, one.wish.words),
    "catat": lambda one, here: note(one.case, one.wish.words, here),
    "serahkan": lambda one, here: hand_over(one.case, str(one.wish.officer), here),
    "alihkan": lambda one, here: offered_to(one.wish.office, one.wish.words, one.case, here),
}


# --- taken back -----------------------------------------------------------------------------------------------


def _unheld(one: Chosen, here: Here) -> tuple[Effect, ...]:
    return _mute(release(one.case, "", here))


def _held_again(one: Chosen, here: Here) -> tuple[Effect, ...]:
    """Back into the hands in which it was: one's own, or those of whom a koordinator freed it from."""
    if one.was.holder == here.officer.id:
        return _mute(take(one.case, "", here))
    return _mute(hand_over(one.case, str(one.was.holder), here))


def _unhanded(one: Chosen, here: Here) -> tuple[Effect, ...]:
    if one.was.holder:
        return _mute(hand_over(one.case, str(one.was.holder), here))
    if one.was.status == BARU:
        return _unheld(one, here)
    return (MoveCase(one.case.ticket, one.case.rev, "lepas", one.case.status, holder=0),)


def _unsaid(one: Chosen, here: Here) -> tuple[Effect, ...]:
    """The history keeps what was noted, and that it was taken back."""
    del here
    return (MoveCase(one.case.ticket, one.case.rev, "tarik_catatan", one.case.status, note=one.wish.words),)


UNDOING: dict[str, Callable[[Chosen, Here], tuple[Effect, ...]]] = {
    "ambil": _unheld,
    "lepas": _held_again,
    "label": lambda one, _: labels.off(one.case, one.wish.words),
    "catat": _unsaid,
    "serahkan": _unhanded,
    "alihkan": lambda one, here: _mute(withdraw(one.case, "", here)),
}
