"""The texts of an office, read by its officers and those below it, written by its koordinator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.office_events import TemplatesLoaded
from handlers.placeholders import problems
from handlers.template import USING, Template
from handlers.templates import MOST, shelf
from handlers.triage import may_write, upward
from storage import offices, templates

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers import office_effects as wish
    from handlers.events import Event
    from handlers.turn import Staff
    from handlers.view import CaseView


def equipped(act: Act, seen: CaseView, command: str) -> CaseView:
    """The case with the texts that its officer can take for a command, and what its office says of itself."""
    staff = act.turn.staff
    if command not in USING or staff is None:
        return seen
    profile = offices.profile(act.work.reading, seen.office)
    says = {name: profile[name] for name in ("alamat", "jam")}
    return replace(seen, shelf=shelf(_stored(act, staff.office)), office_says=says)


def _stored(act: Act, office: str) -> tuple[Template, ...]:
    """The office's, then those of the offices above it."""
    return templates.of_offices(act.work.reading, act.means.keys, upward(office))


def load_templates(act: Act, effect: wish.LoadTemplates) -> list[Event]:
    """All that the officer's office can use."""
    staff = _officer(act)
    return [TemplatesLoaded(staff.office, _stored(act, staff.office), effect.words)]


def save_template(act: Act, effect: wish.SaveTemplate) -> list[Event]:
    """Keep one, as its koordinator wrote it."""
    staff = _writer(act)
    one = Template(effect.name, effect.command, frozenset(effect.statuses), effect.text, staff.office)
    if problems(one.text, one.fits, one.command):
        msg = "a text that was not checked"
        raise ValueError(msg)
    conn = act.work.writing()
    if templates.count(conn, staff.office, one.name) >= MOST:
        return [TemplatesLoaded(staff.office, (), one.name, "penuh")]
    templates.save(conn, act.means.keys, one, staff.id, act.now)
    return [TemplatesLoaded(staff.office, (), one.name, "simpan")]


def drop_template(act: Act, effect: wish.DropTemplate) -> list[Event]:
    """Throw one of the own office away, or bring it back."""
    staff = _writer(act)
    done = templates.set_gone(act.work.writing(), staff.office, effect.name, act.now, gone=not effect.back)
    outcome = ("kembali" if effect.back else "buang") if done else "tiada"
    return [TemplatesLoaded(staff.office, (), effect.name, outcome)]


def _officer(act: Act) -> Staff:
    if act.turn.staff is None:
        msg = "only officers get here"
        raise PermissionError(msg)
    return act.turn.staff


def _writer(act: Act) -> Staff:
    staff = _officer(act)
    if not may_write(staff):
        msg = "only a koordinator gets here"
        raise PermissionError(msg)
    return staff
