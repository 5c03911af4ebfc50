"""Which version of the map is read: chosen once, whole, and never half of another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from place import areas, atlas, versions
from place.versions import VersionProblem
from tests.place.other_version import NAME, other_version, outlines_swapped, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRY = """
import sys
from pathlib import Path
from place import find, versions, whole
versions.use(versions.named(sys.argv[1], Path(sys.argv[2])))
try:
    whole.check()
except versions.VersionProblem as problem:
    sys.exit(str(problem))
found = [find.find_text("Inhil"), find.find_point(-7.6, 110.8)]
print([(one.decision, one.code, one.trace["data_version"]) for one in found])
"""


def tried(folder: Path, name: str = NAME) -> tuple[str, str]:
    """A process of its own that chooses and checks a version: (answers, problem)."""
    done = subprocess.run(
        [sys.executable, "-c", TRY, name, str(folder)], check=False, capture_output=True, text=True, cwd=areas.DATA
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.strip(), done.stderr.strip()


def test_what_ships_is_whole(tmp_path: Path) -> None:
    assert tried(tmp_path, "2025.1") == ("[('route', '14.04', '2025.1'), ('route', '33.11', '2025.1')]", "")


def test_another_version_is_read_with_its_own_tables_and_the_shipped_rest(tmp_path: Path) -> None:
    made = other_version(tmp_path, **outlines_swapped("33.11", "33.09"))
    rewritten(made, "aliases.toml", '"Inhil" = "Indragiri Hilir"', '"Inhil" = "Indragiri Hulu"')
    assert tried(tmp_path) == ("[('route', '14.02', '2026.1'), ('ask', '', '2026.1')]", "")


def _areas(version: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = version / "areas.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")


def _cut(version: Path) -> None:
    path = version / "map.bin"
    path.write_bytes(path.read_bytes()[:-1000])


def _again(version: Path, name: str = NAME, **columns: Any) -> None:
    shipped = atlas.read(areas.DATA / "map.bin") | columns
    atlas.write(version / "map.bin", name, {key: value for key, value in shipped.items() if value is not None})


def _outline(changed: bytes | None) -> dict[str, Any]:
    """The outlines with the first one changed: None for taken away."""
    columns = atlas.read(areas.DATA / "map.bin")
    first = int(columns["outline_size"][0])
    new = changed or b""
    rest = columns["outline"].tobytes()[first:]
    sizes = [len(new)] * (changed is not None) + columns["outline_size"].tolist()[1:]
    return {"outline": np.frombuffer(new + rest, "u1"), "outline_size": np.array(sizes, "<u4")}


WRONG: dict[str, tuple[Callable[[Path], Any], list[str]]] = {
    "no map": (lambda v: (v / "map.bin").unlink(), ["map.bin tidak ada"]),
    "no list": (lambda v: (v / "areas.json").unlink(), ["areas.json tidak ada"]),
    "map of another version": (lambda v: _again(v, "2025.1"), ["map.bin adalah versi 2025.1, bukan 2026.1"]),
    "map cut short": (_cut, ["map.bin terpotong"]),
    "no map at all": (lambda v: (v / "map.bin").write_bytes(b"peta"), ["isi map.bin rusak"]),
    "no list at all": (lambda v: (v / "areas.json").write_text("[]"), ["isi areas.json rusak"]),
    "a kabupaten too few": (lambda v: _areas(v, lambda t: t["kabupaten"].pop("33.11")), ["513 di areas.json", "33.11"]),
    "a province too few": (lambda v: _areas(v, lambda t: t["provinsi"].pop("33")), ["areas.json: provinsi 33"]),
    "a code of BPS": (
        lambda v: _areas(v, lambda t: t["kabupaten"].update({"3311": t["kabupaten"].pop("33.11")})), ["kode 3311"],
    ),
    "a zone of nowhere": (
        lambda v: _areas(v, lambda t: t["kabupaten"]["33.11"].__setitem__(1, "WIB")), ["'WIB' pada 33.11"],
    ),
    "a column lost": (lambda v: _again(v, desa_post=None), ["kolom desa_post tidak ada"]),
    "a column too short": (lambda v: _again(v, desa_post=np.zeros(3, "<u4")), ["tidak cocok"]),
    "an outline lost": (lambda v: _again(v, **_outline(None)), ["513 garis batas, 514 perlu"]),
    "an outline empty": (lambda v: _again(v, **_outline(b"")), ["513 garis batas, 514 perlu"]),
    "an outline that is a point": (
        lambda v: _again(v, **_outline(b"\1\1\0\0\0" + bytes(16))), ["garis batas 11.01 rusak"],
    ),
    "an outline of noise": (lambda v: _again(v, **_outline(b"\1\3\0\0\0\1")), ["isi map.bin rusak"]),
    "an alias to nobody": (
        lambda v: rewritten(v, "aliases.toml", '"Inhil" = "Indragiri Hilir"', '"Inhil" = "Indragiri Hilang"'),
        ["aliases.toml: 'Inhil' menunjuk 'Indragiri Hilang'", "tidak ada"],
    ),
    "a landmark of nobody": (
        lambda v: (v / "landmarks.toml").write_text('[a]\n"Tugu Kenari" = "Kabupaten Kenari"'),
        ["landmarks.toml: 'Tugu Kenari' menunjuk 'Kabupaten Kenari'"],
    ),
    "a former province of nobody": (
        lambda v: rewritten(v, "former.toml", '"Sulut" = ["75"]', '"Sulut" = ["79"]'), ["former.toml: 'Sulut'", "79"],
    ),
    "words without markers": (lambda v: (v / "words.toml").write_text(""), ["isi words.toml rusak"]),
    "offices without a name": (lambda v: (v / "offices.toml").write_text(""), ["isi offices.toml rusak"]),
    "no TOML": (lambda v: (v / "former.toml").write_text("bukan toml"), ["isi former.toml rusak"]),
    "a table by a slip": (lambda v: (v / "alias.toml").write_text(""), ["alias.toml tidak dikenal", "aliases.toml"]),
    "a table that leads nowhere": (lambda v: (v / "aliases.toml").symlink_to("hilang"), ["aliases.toml", "dibaca"]),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_version_that_is_not_whole_is_refused_by_what_is_wrong(wrong: str, tmp_path: Path) -> None:
    change, sentences = WRONG[wrong]
    change(other_version(tmp_path))
    answers, problem = tried(tmp_path)
    assert answers == ""
    assert problem.count("\n") == 0
    for sentence in sentences:
        assert sentence in problem


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../2026.1", "a/b", "/etc", "2026..1", ".2026", "a\\b", "2026.1\n", "ver si", "x" * 41]
)
def test_a_name_is_plain(name: str, tmp_path: Path) -> None:
    (tmp_path / "peta" / "2026.1").mkdir(parents=True)
    with pytest.raises(VersionProblem, match="bukan nama versi"):
        versions.named(name, tmp_path / "peta")


def test_a_folder_that_is_not_there_or_bears_the_shipped_name(tmp_path: Path) -> None:
    with pytest.raises(VersionProblem, match=r"2026\.1 tidak ada"):
        versions.named(NAME, tmp_path)
    assert versions.named("2025.1", tmp_path) == versions.SHIPPED
    (tmp_path / "2025.1").mkdir()
    with pytest.raises(VersionProblem, match="versi bawaan"):
        versions.named("2025.1", tmp_path)


def test_the_choice_is_made_before_anything_is_read(tmp_path: Path) -> None:
    assert areas.exists("33.11")
    versions.use(versions.SHIPPED)  # the same again is no change
    with pytest.raises(RuntimeError, match=NAME):
        versions.use(versions.Version(NAME, tmp_path))
    assert versions.current() == versions.SHIPPED


def test_importing_the_house_chooses_nothing() -> None:
    code = (
        "import bot.app, bot.inside.perform, bot.invitations, place.find, place.points, place.story, place.typed, place.picture;"
        "from place import versions; import sys; sys.exit(versions._Choice.begun)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ).returncode == 0
