"""What the map answers: one kabupaten, a question with its options, or a refusal, and always why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from place import versions
from place.areas import name_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

Decision = Literal["route", "ask", "reject"]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. `code` is "" unless the decision is route; `options` are (code, name), the likelier first.

    `province` is set where no more than a province was understood; `kecamatan` and `desa` are names and belong
    to the routed kabupaten (or to the first option); `point` (latitude, longitude) is known where a point was given.
    `trace["rule"]` names the rule that decided.
    """

    decision: Decision
    code: str = ""
    name: str = ""
    kecamatan: str = ""
    kecamatan_code: str = ""
    desa: str = ""
    options: tuple[tuple[str, str], ...] = ()
    province: str = ""
    zone: str = "Asia/Jakarta"
    point: tuple[float, float] | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)


class Below(TypedDict, total=False):
    """What is known below the kabupaten."""

    kecamatan: str
    kecamatan_code: str
    desa: str


def traced(rule: str, **facts: Any) -> dict[str, Any]:
    """Why it was decided so, to be kept with a case."""
    return {"data_version": versions.current().name, "rule": rule, **facts}


def named(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Options out of codes."""
    return tuple((code, name_of(code)) for code in codes)


def refusal(rule: str, **facts: Any) -> Found:
    """Nothing was understood, or nothing of ours."""
    return Found("reject", trace=traced(rule, **facts))


def routed(code: str, trace: Mapping[str, Any], **below: Unpack[Below]) -> Found:
    """One kabupaten, with what is known below it (kecamatan, kecamatan_code, desa)."""
    return Found("route", code, name_of(code), zone=zone_of(code), trace=trace, **below)


def question(codes: Iterable[str], trace: Mapping[str, Any], province: str = "", **below: Unpack[Below]) -> Found:
    """Several kabupaten, the likelier first; none where they would be a list too long to read."""
    options = named(codes)
    zone = zone_of(options[0][0] if options else province)
    return Found("ask", options=options, province=province, zone=zone, trace=trace, **below)
