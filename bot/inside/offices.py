"""Which offices there are below one."""

from __future__ import annotations

from place.areas import NATION, all_kabupaten, all_provinsi


def offices_of(code: str) -> list[str]:
    """An office and all below it."""
    if "." in code:
        return [code]
    under = [area.code for area in all_kabupaten()]
    if code == NATION:
        return [code, *(area.code for area in all_provinsi()), *under]
    return [code, *(one for one in under if one.startswith(f"{code}."))]
