"""What people name instead of a kabupaten, and bare names of desa."""

from __future__ import annotations

import pytest

from place import gazetteer, words
from place.find import find_in_story, find_text


def test_every_landmark_leads_where_the_table_says() -> None:
    known = gazetteer.names()
    for entries in gazetteer.read_table("landmarks").values():
        for written in entries:
            found, meant = find_text(written), known.landmarks[words.key(written)]
            offered = {code for code, _ in found.options}
            if len(meant) > 1:
                assert found.decision == "ask", written
                assert set(meant) <= offered, written
            else:
                assert found.code == meant[0] or (found.decision == "ask" and meant[0] in offered), written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Monas", "31.71"),
        ("di monas jakarta", "31.71"),
        ("desa Monas", "75.05"),
        ("Monas, Gorontalo Utara", "75.05"),
        ("UGM Jogja", "34.04"),
        ("Unpad Jatinangor", "32.11"),
        ("Prambanan Klaten", "33.10"),
        ("bandara soekarno hatta terminal 3", "36.71"),
        ("Candi Prambanan, Sleman", "34.04"),
        ("Jl. Malioboro No. 5", "34.71"),
        ("Kab. Puncak", "94.05"),
        ("Puncak, Papua Tengah", "94.05"),
        ("kota tual", "81.72"),
    ],
)
def test_a_landmark_with_and_without_more(typed: str, code: str) -> None:
    assert find_text(typed).code == code


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Bandara Juanda Surabaya", {"35.15", "35.78"}),  # it lies in Sidoarjo
        ("Soekarno Hatta Malang", {"35.07", "35.73"}),  # a street there
        ("Puncak", {"32.01", "32.03", "94.05"}),
        ("Gunung Agung", {"51.07", "18.12"}),  # a kecamatan, too
        ("prambanan", {"33.10", "34.04"}),
        ("Bromo", {"35.13", "35.14", "35.07", "35.08"}),
    ],
)
def test_a_landmark_that_may_mean_several_is_asked_about(typed: str, options: set[str]) -> None:
    found = find_text(typed)
    assert found.decision == "ask"
    assert options <= {code for code, _ in found.options}


def test_a_street_called_after_a_landmark_is_none() -> None:
    assert "36.71" not in dict(find_text("Jl. Soekarno Hatta, Malang").options)


def test_one_bare_word_that_is_only_a_desa_is_asked_about() -> None:
    found = find_text("Tebluru")
    assert (found.decision, found.desa, found.trace["rule"]) == ("ask", "Tebluru", "desa-tunggal")
    assert [code for code, _ in found.options] == ["35.24"]
    assert find_text("desa Tebluru").code == "35.24"
    assert find_text("Tebluru Lamongan").code == "35.24"


def test_a_landmark_in_a_story() -> None:
    assert find_in_story("kemarin ada kampanye pegawai di Monas").code == "31.71"
    assert find_in_story("puncak acara kampanye kemarin").decision == "reject"
