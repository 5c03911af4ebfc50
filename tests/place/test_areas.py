"""Codes, names, offices and zones."""

from __future__ import annotations

import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from place import areas


def test_counts_are_exact() -> None:
    kabupaten = areas.all_kabupaten()
    assert len(kabupaten) == len({area.code for area in kabupaten}) == 514
    assert sum(area.name.startswith("Kota ") for area in kabupaten) == 98
    assert sum(area.name.startswith("Kabupaten ") for area in kabupaten) == 416
    assert len(areas.all_provinsi()) == len({area.code for area in areas.all_provinsi()}) == 38


@pytest.mark.parametrize(
    ("code", "name", "office"),
    [
        ("33.11", "Kabupaten Sukoharjo", "Bawaslu Kabupaten Sukoharjo"),
        ("32.71", "Kota Bogor", "Bawaslu Kota Bogor"),
        ("33", "Provinsi Jawa Tengah", "Bawaslu Provinsi Jawa Tengah"),
        ("31", "Provinsi DKI Jakarta", "Bawaslu Provinsi DKI Jakarta"),
        ("11.71", "Kota Banda Aceh", "Panwaslih Kota Banda Aceh"),
        ("11", "Provinsi Aceh", "Panwaslih Provinsi Aceh"),
        ("93.01", "Kabupaten Merauke", "Bawaslu Kabupaten Merauke"),
        ("RI", "Republik Indonesia", "Bawaslu RI"),
    ],
)
def test_names(code: str, name: str, office: str) -> None:
    assert areas.name_of(code) == name
    assert areas.office_name(code) == office
    assert areas.exists(code)


def test_codes_are_kemendagris_not_those_of_bps() -> None:
    # 61.08 is Kapuas Hulu to BPS; 91.01 was Merauke before 2022.
    assert areas.name_of("61.08") == "Kabupaten Landak"
    assert not areas.exists("91.01")


def test_every_area_has_a_way_up_to_the_nation() -> None:
    for area in areas.all_kabupaten():
        province = areas.parent(area.code)
        assert province is not None
        assert areas.area(province).level == "provinsi"
        assert areas.parent(province) == "RI"
    assert areas.parent("RI") is None


def test_zones() -> None:
    assert areas.zone_of("33.11") == "Asia/Jakarta"
    assert areas.zone_of("61.71") == "Asia/Pontianak"
    assert areas.zone_of("51.71") == "Asia/Makassar"
    assert areas.zone_of("94.04") == "Asia/Jayapura"
    assert areas.zone_of("94") == "Asia/Jayapura"
    assert areas.zone_of("RI") == "Asia/Jakarta"
    assert all(ZoneInfo(areas.zone_of(area.code)) for area in areas.all_kabupaten())


def test_an_unknown_code_is_nobodys() -> None:
    for code in ("99", "33.99", "", "3311"):
        assert not areas.exists(code)
        with pytest.raises(KeyError):
            areas.name_of(code)


def test_names_load_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from place import areas, find; areas.office_name('33.11');"
        "sys.exit(bool({'numpy', 'shapely', 'rapidfuzz', 'tzfpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
