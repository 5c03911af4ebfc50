"""Citizens' words for acts, offices and buttons: what is read, and what is left to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.words import guess_kind, guess_position, jabatan_class, match_option, mentions_pilkades


def table(name: str) -> list[tuple[str, str]]:
    lines = Path(__file__).parent.joinpath("phrases", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.rpartition("|") for line in lines if not line.startswith("# "))
    return [(words.strip(), value.strip()) for words, _, value in rows]


KINDS = table("kinds")


@pytest.mark.parametrize(("story", "kind"), KINDS)
def test_the_kind_of_act(story: str, kind: str) -> None:
    assert (guess_kind(story) or "-") == kind


POSITIONS = table("positions")


@pytest.mark.parametrize(("words", "position"), POSITIONS)
def test_the_position(words: str, position: str) -> None:
    assert (guess_position(words) or "-") == position


@pytest.mark.parametrize(
    ("place", "position"), [("33.72", "asn"), ("34.04", "kades"), ("34.71", "asn"), ("33.11", None)]
)
def test_what_a_lurah_is_depends_on_the_place(place: str, position: str | None) -> None:
    assert guess_position("Bu Lurah Caturtunggal", place) == position


@pytest.mark.parametrize(
    ("words", "name"),
    table("classes"),
)
def test_the_class_of_office(words: str, name: str) -> None:
    assert (jabatan_class(words) or "-") == name


@pytest.mark.parametrize(
    ("text", "about"),
    table("pilkades"),
)
def test_pilkades_is_noticed(text: str, about: str) -> None:
    assert mentions_pilkades(text) == (about == "ya")


KIND_OPTIONS = [
    ("pertemuan", "Pertemuan", "rapat", "dikumpulkan"),
    ("ajakan", "Ajakan atau seruan", "imbauan", "arahan"),
    ("pemberian", "Uang atau barang", "sembako", "amplop"),
    ("medsos", "Media sosial", "medsos", "sosmed"),
    ("baliho", "Baliho atau atribut", "spanduk"),
    ("lainnya", "Lainnya", "yang lain"),
]
POSITION_OPTIONS = [
    ("asn", "ASN (PNS, PPPK)", "p3k", "pegawai negeri"),
    ("kades", "Kades, perangkat", "kepala desa", "bpd"),
    ("polri", "Polri", "polisi"),
    ("honorer", "Honorer", "tenaga kontrak"),
    ("tidak_tahu", "Tidak tahu", "kurang tahu"),
]
YES_NO = [("ya", "Ya, kirim", "setuju"), ("tidak", "Tidak, ubah dulu", "jangan"), ("batal", "Batalkan semuanya")]


@pytest.mark.parametrize(
    ("text", "value"),
    table("options_kind"),
)
def test_a_typed_kind(text: str, value: str) -> None:
    assert (match_option(text, KIND_OPTIONS) or "-") == value


@pytest.mark.parametrize(
    ("text", "value"),
    table("options_position"),
)
def test_a_typed_position(text: str, value: str) -> None:
    assert (match_option(text, POSITION_OPTIONS) or "-") == value


@pytest.mark.parametrize(
    ("text", "value"),
    table("options_yes_no"),
)
def test_yes_and_no_are_never_mixed_up(text: str, value: str) -> None:
    assert (match_option(text, YES_NO) or "-") == value


def test_one_word_for_two_buttons_is_asked_again() -> None:
    twins = [("a", "Kabupaten Bogor", "bogor"), ("b", "Kota Bogor", "bogor"), ("c", "Depok")]
    assert match_option("bogor", twins) is None
    assert match_option("kota bogor", twins) == "b"
    assert match_option("bogorr", twins) is None
    close = [("a", "Serang"), ("b", "Seram")]
    assert match_option("sera", close) is None
    assert match_option("seran", close) is None


def test_a_label_that_is_a_number_is_that_button() -> None:
    assert match_option("2", [("x", "3"), ("y", "5"), ("z", "2")]) == "z"


def test_no_buttons_no_answer() -> None:
    assert match_option("2", []) is None
    assert match_option("terakhir", [("a", "A")]) == "a"


def test_there_are_enough_phrases() -> None:
    assert len(KINDS) + len(POSITIONS) >= 150


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_a_reader(text: str) -> None:
    assert guess_kind(text) != "lainnya"
    assert guess_position(text) in {None, "asn", "kades", "tni", "polri", "honorer"}
    assert jabatan_class(text) is None or jabatan_class(text)
    assert mentions_pilkades(text) in {True, False}
    assert match_option(text, KIND_OPTIONS) in {None, *(option[0] for option in KIND_OPTIONS)}


@settings(deadline=None)
@given(st.sampled_from(KIND_OPTIONS + POSITION_OPTIONS), st.integers(0, 3))
def test_every_label_and_synonym_is_its_own_value(option: tuple[str, ...], spaces: int) -> None:
    labels = KIND_OPTIONS if option in KIND_OPTIONS else POSITION_OPTIONS
    for name in option[1:]:
        assert match_option(" " * spaces + name.upper() + " ", labels) == option[0]
