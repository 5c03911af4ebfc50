"""From typed words to the kabupaten."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from place import gazetteer, words
from place.areas import all_kabupaten, name_of
from place.find import find_text
from tests.place.settlements import settlements

if TYPE_CHECKING:
    from place.found import Found


def codes(found: Found) -> list[str]:
    return [code for code, _ in found.options]


def test_each_of_the_514_answers_to_its_official_name() -> None:
    for area in all_kabupaten():
        for typed in (area.name, area.name.lower(), area.name.upper().replace("KABUPATEN", "KAB.")):
            assert find_text(typed).code == area.code, typed


def test_a_name_that_is_kabupaten_and_kota_is_always_asked_about_with_both() -> None:
    shared = {key: many for key, many in gazetteer.names().names.items() if len(many) > 1}
    assert len(shared) == 26
    for area in all_kabupaten():
        bare = area.name.removeprefix("Kabupaten ").removeprefix("Kota ")
        if words.key(bare) in shared:
            found = find_text(bare)
            assert found.decision == "ask"
            assert set(shared[words.key(bare)]) <= set(codes(found)), bare


def test_addresses_of_another_source_are_understood() -> None:
    wrong = []
    for place in settlements():
        kind = "Kel." if place.kabupaten.startswith("Kota") else "Desa"
        for typed in (
            f"{place.kecamatan}, {place.kabupaten}",
            f"{place.kabupaten}, {place.provinsi}",
            f"{place.desa} kec {place.kecamatan} {place.kabupaten}".lower(),
            f"Jl. Raya Bogor No. 5 RT 01/RW 02, {kind} {place.desa}, Kec. {place.kecamatan}, {place.kabupaten}",
        ):
            found = find_text(typed)
            if found.code != place.code:
                wrong.append((typed, found.decision, found.name))
    assert len(wrong) <= 20, wrong  # 1 % of 2,056
    assert sum(decision == "route" for _, decision, _ in wrong) <= 2, wrong


def misspelt(name: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(name) - 1)
    letter = dice.choice("aiueonrtsklmdgpbhj")
    exchanged = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return dice.choice(
        [name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :], exchanged]
    )


def test_one_slip_of_the_finger_is_forgiven() -> None:
    dice = random.Random(20)
    passed = wrong = 0
    for place in settlements():
        typed = misspelt(place.bare, dice)
        found = find_text(typed)
        same = gazetteer.names().names.get(words.key(place.bare), (place.code,))
        passed += found.code in same or place.code in codes(found)
        wrong += found.decision == "route" and found.code not in same
    assert passed >= 0.97 * 514
    assert wrong <= 0.01 * 514


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kec grogol skh", "Kabupaten Sukoharjo"),
        ("grogol sukoharjo", "Kabupaten Sukoharjo"),
        ("Kab. OKI", "Kabupaten Ogan Komering Ilir"),
        ("ds. palur mojolaban", "Kabupaten Sukoharjo"),
        ("inhil", "Kabupaten Indragiri Hilir"),
        ("kota sby", "Kota Surabaya"),
        ("Ujung Pandang", "Kota Makassar"),
        ("kota makasar", "Kota Makassar"),
        ("Bajawa", "Kabupaten Ngada"),
        ("Ungaran", "Kabupaten Semarang"),
        ("cibinong bogor", "Kabupaten Bogor"),
        ("Banjar, Kalimantan Selatan", "Kabupaten Banjar"),
        ("Kab. Pontianak", "Kabupaten Mempawah"),
        ("Merauke, Papua", "Kabupaten Merauke"),
        ("Mamberamo Tengah, Papua", "Kabupaten Mamberamo Tengah"),
        ("Kota Batu", "Kota Batu"),
        ("kota baru", "Kabupaten Kotabaru"),
        ("Kep. Sitaro", "Kabupaten Kep. Siau Tagulandang Biaro"),
        ("tj pinang", "Kota Tanjung Pinang"),
        ("Soerabaja", "Kota Surabaya"),
        ("Kabupatn Sragn", "Kabupaten Sragen"),
        ("D.I. Yogyakarta, Sleman", "Kabupaten Sleman"),
        ("wali kota solo", "Kota Surakarta"),
        ("dunung mas", "Kabupaten Gunung Mas"),
        ("bontonompo selatmn gowa", "Kabupaten Gowa"),
        ("Jl. Slamet Riyadi Solo", "Kota Surakarta"),
        ("Jalan Gajah Mada Jember", "Kabupaten Jember"),
    ],
)
def test_as_people_type(typed: str, name: str) -> None:
    found = find_text(typed)
    assert (found.decision, found.name) == ("route", name)


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Toraja", {"73.18", "73.26"}),
        ("Makasar", {"31.75", "73.71"}),  # a kecamatan of Jakarta Timur, or one s too few
        ("Grogol", {"33.11", "35.06", "31.73"}),
        ("Kec. Baki, Kab. Sragen", {"33.14", "33.11"}),
        ("Kabupaten Surabaya", {"35.78"}),
        ("Kab Bandung, Jawa Tengah", {"32.04"}),
        ("pati pandeglagn", {"33.18", "36.01"}),
        ("jogja", {"34.71", "34.04"}),
        ("Ptai", {"33.18"}),
        ("57552", {"33.11"}),
        ("Jalan Raya Surabaya", {"35.78"}),  # a street of that name is in many towns
        ("Sukamaju", set()),
        ("Jawa Tengah", set()),
    ],
)
def test_what_is_not_sure_is_asked(typed: str, options: set[str]) -> None:
    found = find_text(typed)
    assert found.decision == "ask"
    assert options <= set(codes(found))
    assert len(codes(found)) <= 10


def test_a_province_alone_is_a_question_that_knows_the_province() -> None:
    for typed, code in (("Jateng", "33"), ("provinsi papua selatan", "93"), ("NTT", "53"), ("Jambi", "15")):
        found = find_text(typed)
        assert (found.decision, found.province) == ("ask", code)


@pytest.mark.parametrize("typed", ["", "   ", "asdf qwerty", "tidak tahu", "rumah saya", "di kota", "123", "🙏🙏", "?"])
def test_junk_is_refused(typed: str) -> None:
    found = find_text(typed)
    assert found.decision == "reject"
    assert found.trace["data_version"]


@pytest.mark.parametrize(
    "typed",
    [
        "-7.6, 110.8",
        "-7.6 110.8",
        "https://maps.google.com/?q=-7.6,110.8",
        "https://www.google.com/maps/place/x/@-7.6000,110.8000,17z",
        "https://www.google.com/maps/place/x/data=!3d-7.6!4d110.8",
        "7,6 LS 110,8 BT",
        "7.6° S, 110.8° E",
    ],
)
def test_typed_coordinates_are_a_point(typed: str) -> None:
    found = find_text(typed)
    assert (found.code, found.trace["rule"]) == ("33.11", "titik")


def test_kecamatan_and_desa_come_with_the_answer() -> None:
    found = find_text("Desa Palur, Kec. Mojolaban, Kab. Sukoharjo")
    assert (found.desa, found.kecamatan, found.kecamatan_code) == ("Palur", "Mojolaban", "33.11.08")


@pytest.mark.parametrize("typed", ["Kuala Lumpur", "Hong Kong", "Singapura", "arab saudi"])
def test_what_lies_abroad_is_known_as_such_by_its_name(typed: str) -> None:
    assert find_text(typed).trace["rule"] == "luar-negeri"


@pytest.mark.parametrize(("typed", "kecamatan"), [("Kartasura", "Kartasura"), ("Cibinong", "Cibinong"), ("Solo", "")])
def test_a_town_that_is_a_kecamatan_is_known_as_it(typed: str, kecamatan: str) -> None:
    assert find_text(typed).kecamatan == kecamatan


def test_every_alias_leads_where_the_table_says() -> None:
    known = gazetteer.names()
    for entries in gazetteer.read_table("aliases").values():
        for written in entries:
            found = find_text(written)
            meant = known.aliases[words.key(written)]
            if len(meant) == 1 and "." in meant[0]:
                assert meant[0] in {found.code, *codes(found)}, written
                assert found.decision == "route" or len(codes(found)) > 1, written
            elif all("." in code for code in meant):
                assert set(codes(found)) == set(meant), (written, found)


def test_no_text_breaks_it() -> None:
    dice = random.Random(3)
    letters = "abckdesa kota kab. jl 0123,.-/()\n'é😀\ud800 "
    for _ in range(300):
        typed = "".join(dice.choice(letters) for _ in range(dice.randrange(80)))
        found = find_text(typed)
        assert found.decision in {"route", "ask", "reject"}
        assert (found.decision == "route") == bool(found.code)
        assert found.code == "" or found.name == name_of(found.code)
