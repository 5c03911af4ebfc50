"""Coordinates and links as people send them."""

from __future__ import annotations

import random
import time

import pytest

from place.find import find_in_story, find_text, typed_point

HERE = (-7.6, 110.8)


@pytest.mark.parametrize(
    "typed",
    [
        "7°36'0\"S 110°48'0\"E",
        "7°36′00.0″ LS, 110°48′00.0″ BT",
        "7 36 00 LS 110 48 00 BT",
        "S 7°36.000' E 110°48.000'",
        "S7 36.000 E110 48.000",
        "LS 7° 36' 0\" BT 110° 48' 0\"",
        "7°36'0,0\" Lintang Selatan dan 110°48'0\" Bujur Timur",
        "-7°36'0\", 110°48'0\"",
        "110.8 BT, 7.6 LS",
        "7,6 LS 110,8 BT",
        "7.6 LS - 110.8 BT",
        "7.6° S, 110.8° E",
        "Lat: 7.6 S Long: 110.8 E",
    ],
)
def test_degrees_and_sides(typed: str) -> None:
    assert typed_point(f"titiknya {typed} ya") == pytest.approx(HERE, abs=1e-6)


@pytest.mark.parametrize(
    "typed",
    [
        "-7.6, 110.8",
        "-7.6 110.8",
        "-7.6;110.8",
        "-7.6/110.8",
        "(-7.6,110.8)",
        "−7.6, 110.8",
        "-7,6 110,8",
        "-7,6, 110,8",
        "-7,6,110,8",
        "lat: -7.6 long: 110.8",
        "lat -7,6 lng 110,8",
        '{"lat":-7.6,"lng":110.8}',
        "latitude = -7.6, longitude = 110.8",
        "lintang -7,6 bujur 110,8",
        "Long 110.8 Lat -7.6",
    ],
)
def test_decimal_degrees(typed: str) -> None:
    assert typed_point(typed) == pytest.approx(HERE)
    assert typed_point(f"ini: {typed} (pasar)") == pytest.approx(HERE)


@pytest.mark.parametrize(
    "link",
    [
        "geo:-7.6,110.8?z=17",
        "geo:0,0?q=-7.6,110.8(Pasar)",
        "https://maps.google.com/?q=-7.6,110.8",
        "https://maps.google.com/maps?q=loc:-7.6,110.8",
        "https://maps.google.com/?ll=-7.1,110.1&q=-7.6,110.8",
        "https://www.google.com/maps/search/?api=1&query=-7.6%2C110.8",
        "https://www.google.com/maps/@-7.6,110.8,17z",
        "https://www.google.com/maps/place/Solo/@-7.1,110.1,17z/data=!3m1!4b1!4m6!3m5!1s0x2e7a!8m2!3d-7.6!4d110.8!16s",
        "https://www.google.com/maps/search/-7.6,+110.8?entry=tts",
        "https://www.google.com/maps/place/7%C2%B036'00.0%22S+110%C2%B048'00.0%22E/@-7.1,110.1,17z",
        "https://www.google.com/maps/dir/-7.1,110.1/-7.6,110.8/@-7.3,110.4,12z",
        "https://www.google.com/maps/dir/A/B/data=!4m2!1d110.1!2d-7.1!1d110.8!2d-7.6",
        "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3955.0!2d110.8!3d-7.6!2m3",
        "google.com/maps?q=-7.6,110.8",
        "https://maps.apple.com/?ll=-7.6,110.8&q=Pasar",
        "https://maps.apple.com/place?coordinate=-7.6,110.8",
        "https://www.openstreetmap.org/?mlat=-7.6&mlon=110.8#map=17/-7.1/110.1",
        "https://www.openstreetmap.org/#map=17/-7.6/110.8",
        "https://waze.com/ul?ll=-7.6%2C110.8&navigate=yes",
        "https://www.waze.com/live-map/directions?to=ll.-7.6%2C110.8",
        "https://bing.com/maps?cp=-7.6~110.8&lvl=15",
        "https://example.org/peta?lat=-7.6&lon=110.8",
    ],
)
def test_links(link: str) -> None:
    assert typed_point(f"lokasi: {link}\nmakasih") == pytest.approx(HERE)
    assert find_in_story(f"kejadiannya di sini {link} kemarin").code == "33.11"


def test_a_link_of_waze_with_a_geohash() -> None:
    assert typed_point("https://waze.com/ul/hqqwuc26ng1") == pytest.approx(HERE, abs=1e-4)


@pytest.mark.parametrize(
    "link",
    [
        "https://maps.app.goo.gl/Ab12",
        "maps.app.goo.gl/Ab12?g_st=ic",
        "https://goo.gl/maps/xyz",
        "https://maps.google.com/?cid=123",
    ],
)
def test_a_link_without_coordinates_is_refused_by_its_own_rule(link: str) -> None:
    for typed in (link, f"Lokasi: {link}", f"ini ya kak {link}"):
        found = find_text(typed)
        assert (found.decision, found.trace["rule"]) == ("reject", "tautan-pendek"), typed


@pytest.mark.parametrize(
    "typed",
    [
        "Kantor Bupati Sukoharjo https://maps.app.goo.gl/Ab12",
        "https://www.google.com/maps/place/Kantor+Bupati+Sukoharjo/",
        "https://maps.google.com/maps?q=Kantor+Kecamatan+Grogol,+Sukoharjo&ftid=0x2e7a",
        "https://www.google.com/maps/dir/Solo/Sukoharjo/",
    ],
)
def test_the_name_beside_or_in_a_link_counts(typed: str) -> None:
    assert find_text(typed).code == "33.11"


def test_the_words_of_other_links_name_no_place() -> None:
    assert find_text("https://berita.example/jateng/sukoharjo/camat-di-grogol").decision == "reject"
    assert find_in_story("baca https://berita.example/kabupaten/sukoharjo ada camat kampanye").decision == "reject"


@pytest.mark.parametrize(
    "typed",
    [
        "Sukoharjo jam 08.30, 10.15",
        "Sukoharjo, uang 5.000, 100.000",
        "Rp 1.500.000, 110.000 di Sukoharjo",
        "Sukoharjo RT 7 S 110 E",
        "Sukoharjo, tinggi 7,6 dan 110,8",
    ],
)
def test_other_numbers_are_no_coordinates(typed: str) -> None:
    assert typed_point(typed) is None
    assert find_text(typed).code == "33.11"


def test_minutes_beyond_sixty_are_no_coordinates() -> None:
    assert typed_point("7°76'12\"S 110°48'5\"E") is None


def test_a_forgotten_minus_is_asked_about() -> None:
    found = find_text("7.6, 110.8")
    assert (found.decision, found.trace["rule"]) == ("ask", "koordinat-tanpa-minus")
    assert [code for code, _ in found.options] == ["33.11"]
    assert find_text("7.07, 125.61").decision == "reject"  # Davao stays abroad


def test_hostile_text_is_read_quickly() -> None:
    dice = random.Random(1)
    pieces = [
        "7 ",
        "7°",
        "-7,6 ",
        "S 7 ",
        "lat: ",
        "https://a/",
        "!3d7.6",
        "google.com/maps/dir/",
        "1-",
        "'",
        "C9XW",
        "+",
    ]
    for _ in range(40):
        text = "".join(dice.choice(pieces) for _ in range(2000))
        begun = time.perf_counter()
        typed_point(text[:4000])
        assert time.perf_counter() - begun < 1
