"""Places named in passing, in whole sentences."""

from __future__ import annotations

import pytest

from place.find import find_in_story, find_text
from tests.place.settlements import settlements


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("kemarin pak camat di Grogol Sukoharjo bagi amplop", "33.11"),
        ("Bupati Sukoharjo kampanye pakai mobil dinas", "33.11"),
        ("tadi siang di kecamatan Mojolaban ada camat bagi sembako", "33.11"),
        ("pak lurah di Laweyan Solo ikut deklarasi", "33.72"),
        ("Kejadiannya di Kab. Inhil, kemarin sore", "14.04"),
        ("saya di surabaya lihat camat kampanye", "35.78"),
        ("guru-guru di Jember diminta memilih nomor dua", "35.09"),
        ("pemkot surabaya mengumpulkan semua camat", "35.78"),
        ("tadi di Wamena ada kepala distrik bagi uang", "95.01"),
        ("ada baliho di jalan sudirman, pekanbaru, dipasang pegawai", "14.71"),
    ],
)
def test_a_named_place_is_found(story: str, code: str) -> None:
    assert find_in_story(story).code == code
    assert find_text(story).code == code


def test_a_kecamatan_and_its_kabupaten_of_another_source_are_found_in_a_sentence() -> None:
    wrong, found = [], 0
    for place in settlements():
        story = f"kemarin pak camat membagikan amplop kepada warga di {place.kecamatan}, {place.bare}"
        answer = find_in_story(story)
        found += answer.code == place.code
        if answer.decision == "route" and answer.code != place.code:
            wrong.append((story, answer.name))
    assert found >= 0.95 * 514
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(
    "story",
    [
        "Ada lurah yang mengajak warga memilih calon bupati tertentu",
        "Pak Bima membagikan sembako di balai desa kemarin malam",
        "Saya melihat ASN ikut kampanye di lapangan bersama pak camat",
        "nasib malang, suami saya dipaksa memilih oleh kepala dinas",
        "Ibu Tanjung dan Pak Solo ikut deklarasi",
        "Mereka memasang baliho di jalan raya dekat pasar batu akik",
        "kemarin ada serangan fajar di kampung kami",
        "dia menaruh medan magnet di gudang",
        "Pak Kendal, Bu Sukma, dan Kak Ende hadir",
        "di batang pohon itu ada stiker caleg",
        "uang kertas merah dibagikan di padang rumput",
        "mereka di serang orang",
        "acara puncak kampanye di lapangan",
        "PNS di kelurahan baru",
        "Pak Lurah Sumber Rejeki bagi-bagi amplop",
        "surat edaran dari gubernur lama",
        "Kejadiannya tadi pagi jam 8, di rumah ketua RT",
        "halo selamat pagi",
    ],
)
def test_everyday_words_name_no_place(story: str) -> None:
    found = find_in_story(story)
    assert found.decision == "reject", found


def test_two_places_or_a_homonym_in_a_story_are_asked_about() -> None:
    both = find_in_story("saya warga klaten, melihat di sukoharjo pak camat kampanye")
    assert both.decision == "ask"
    assert [code for code, _ in both.options] == ["33.11", "33.10"]
    homonym = find_in_story("di Bogor ada ASN ikut kampanye")
    assert {code for code, _ in homonym.options} == {"32.01", "32.71"}


def test_a_map_link_in_a_story_is_a_point() -> None:
    assert find_in_story("ini tempatnya https://maps.google.com/?q=-7.6,110.8 ya").code == "33.11"


@pytest.mark.parametrize(
    ("typed", "kecamatan"),
    [
        ("Prambanan Klaten", "Prambanan"),
        ("Kartasura Sukoharjo", "Kartasura"),
        ("sukoharjo, kartasura", "Kartasura"),
        ("Sukoharjo", ""),
    ],
)
def test_a_town_beside_its_kabupaten_is_the_kecamatan_of_its_name(typed: str, kecamatan: str) -> None:
    assert find_text(typed).kecamatan == kecamatan
