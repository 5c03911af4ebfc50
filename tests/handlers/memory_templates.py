"""The texts of an office, in the house of dicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import office_effects as wish
from handlers import triage
from handlers.office_events import TemplatesLoaded
from handlers.template import USING, Template
from handlers.templates import MOST, shelf
from handlers.view import CaseView
from tests.handlers.memory_house import Act, MemoryHouse

if TYPE_CHECKING:
    from handlers import events as told

    Answers = list[told.Event] | None


def stored(house: MemoryHouse, office: str) -> tuple[Template, ...]:
    found: list[Template] = []
    while office:
        mine = [one for one, gone in house.templates.get(office, {}).values() if not gone]
        found += sorted(mine, key=lambda one: one.name)
        office = triage.above(office)
    return tuple(found)


def equipped(house: MemoryHouse, act: Act, seen: CaseView, command: str) -> CaseView:
    if command not in USING:
        return seen
    says = {name: house.profiles.get(seen.office, {}).get(name, "") for name in ("alamat", "jam")}
    assert act.turn.staff
    return replace(seen, shelf=shelf(stored(house, act.turn.staff.office)), office_says=says)


def load(house: MemoryHouse, act: Act, effect: wish.LoadTemplates) -> Answers:
    assert act.turn.staff
    return [TemplatesLoaded(act.turn.staff.office, stored(house, act.turn.staff.office), effect.words)]


def save(house: MemoryHouse, act: Act, effect: wish.SaveTemplate) -> Answers:
    staff = act.turn.staff
    assert staff
    assert staff.role == "koordinator"
    mine = house.templates.setdefault(staff.office, {})
    if sum(not gone for name, (_, gone) in mine.items() if name != effect.name) >= MOST:
        return [TemplatesLoaded(staff.office, (), effect.name, "penuh")]
    one = Template(effect.name, effect.command, frozenset(effect.statuses), effect.text, staff.office)
    mine[effect.name] = (one, False)
    return [TemplatesLoaded(staff.office, (), effect.name, "simpan")]


def drop(house: MemoryHouse, act: Act, effect: wish.DropTemplate) -> Answers:
    staff = act.turn.staff
    assert staff
    assert staff.role == "koordinator"
    mine = house.templates.get(staff.office, {})
    one, gone = mine.get(effect.name, (None, not effect.back))
    if one is None or gone != effect.back:
        return [TemplatesLoaded(staff.office, (), effect.name, "tiada")]
    mine[effect.name] = (one, not effect.back)
    return [TemplatesLoaded(staff.office, (), effect.name, "kembali" if effect.back else "buang")]


DEEDS = {wish.LoadTemplates: load, wish.SaveTemplate: save, wish.DropTemplate: drop}
