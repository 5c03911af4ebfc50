"""What the map answers, as the conversation takes it: to a question of its own, and to what a photo's file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.events import PhotoPlaced, PlaceFound
from place.areas import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from handlers.effects import FindPlace
    from place.found import Found


def asked(effect: FindPlace) -> PlaceFound:
    """The map's answer to a question of the conversation."""
    from place import find  # noqa: PLC0415 - the map is heavy, and few events need it

    if effect.lat is not None and effect.lon is not None:
        return _told(effect.purpose, find.find_point(effect.lat, effect.lon))
    if effect.within:
        both = find.find_text(f"{effect.within}, {effect.text}")
        if both.decision == "route" or both.options:
            return _told(effect.purpose, both)
    search = find.find_text if effect.purpose == "place" else find.find_in_story
    return _told(effect.purpose, search(effect.text))


def of_photo(file_id: str, facts: Mapping[str, Any]) -> list[PhotoPlaced]:
    """Where a kept photo's own file says that it was taken; nothing where it does not, or no map of ours knows it."""
    point: Sequence[float] | None = facts.get("gps")
    if point is None:
        return []
    from place import find  # noqa: PLC0415 - as above

    found = _told("photo", find.find_point(*point))
    return [PhotoPlaced(file_id, found)] if found.decision != "reject" else []


def _told(purpose: str, found: Found) -> PlaceFound:
    return PlaceFound(
        purpose=purpose,
        decision=found.decision,
        code=found.code,
        name=found.name,
        kecamatan=found.kecamatan,
        kecamatan_code=found.kecamatan_code,
        zone=found.zone,
        options=tuple((code, name, zone_of(code)) for code, name in found.options),
        trace=found.trace,
        desa=found.desa,
        point=found.point,
    )
