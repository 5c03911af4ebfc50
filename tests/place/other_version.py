"""A second version of the map: a copy of what ships, under another name, and changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np

from place import areas, atlas
from place.versions import _HERE

if TYPE_CHECKING:
    from pathlib import Path

NAME = "2026.1"


def other_version(folder: Path, name: str = NAME, **columns: Any) -> Path:
    """Lay it into `folder`; `columns` stand in place of those of its map."""
    made = folder / name
    made.mkdir(parents=True)
    shutil.copy(areas.DATA / "areas.json", made)
    atlas.write(made / "map.bin", name, {**atlas.read(areas.DATA / "map.bin"), **columns})
    return made


def outlines_swapped(one: str, two: str) -> dict[str, Any]:
    """The columns in which two kabupaten have each other's outline."""
    columns = atlas.read(areas.DATA / "map.bin")
    sizes, data = columns["outline_size"], columns["outline"]
    parts = np.split(data, np.cumsum(sizes)[:-1])
    codes = [area.code for area in areas.all_kabupaten()]
    first, second = codes.index(one), codes.index(two)
    parts[first], parts[second] = parts[second], parts[first]
    return {"outline": np.concatenate(parts), "outline_size": np.array([len(part) for part in parts], "<u4")}


def renumbered(version: Path, old: str, new: str) -> None:
    """Give a kabupaten another code, the last of its province, so that the outlines keep their order."""
    table = json.loads((version / "areas.json").read_text(encoding="utf-8"))
    table["kabupaten"][new] = table["kabupaten"].pop(old)
    (version / "areas.json").write_text(json.dumps(table), encoding="utf-8")
    columns = atlas.read(areas.DATA / "map.bin")
    codes = sorted(area.code for area in areas.all_kabupaten())
    parts = dict(zip(codes, np.split(columns["outline"], np.cumsum(columns["outline_size"])[:-1]), strict=True))
    parts[new] = parts.pop(old)
    ordered = [parts[code] for code in sorted(parts)]
    columns["outline"], columns["outline_size"] = np.concatenate(ordered), np.array([len(p) for p in ordered], "<u4")
    columns["kec_code"] = [code.replace(old, new, 1) if code.startswith(old) else code for code in columns["kec_code"]]
    atlas.write(version / "map.bin", version.name, columns)


def rewritten(version: Path, table: str, old: str, new: str) -> None:
    """Give the version a table of its own: the shipped one with a line changed."""
    own = version / table
    text = (own if own.exists() else _HERE / table).read_text(encoding="utf-8")
    assert old in text
    (version / table).write_text(text.replace(old, new), encoding="utf-8")
