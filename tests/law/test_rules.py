"""The meters, and what a wrong rule file is told."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from law.rules import FOLDER, LawProblem, load_regimes, meter_awal, meter_laporan

if TYPE_CHECKING:
    from pathlib import Path

REGIMES = load_regimes()
TODAY = date(2024, 10, 11)
WHOLE: dict[str, Any] = {
    "story": "Camat mengajak staf memilih paslon 2", "kind": "ajakan", "terlapor": "Camat Grogol",
    "terlapor_alamat": "Kantor Kecamatan Grogol", "position": "asn", "place": {"code": "33.11"},
    "happened": "2024-10-08", "known": "2024-10-08", "evidence": [{"id": "1"}], "witness": "",
    "identity": "kontak", "pelapor_nama": "Siti", "pelapor_alamat": "Jl. Mawar 1", "pelapor_lahir": "Solo, 1 Mei 1990",
    "pelapor_kelamin": "Perempuan", "pelapor_pekerjaan": "Guru", "pelapor_warga": "WNI", "pelapor_hp": "08123456789",
}  # fmt: skip


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in WHOLE.items() if key not in keys}


def test_a_whole_report_has_all_eight() -> None:
    meter = meter_laporan(REGIMES["pilkada"], WHOLE, TODAY)
    assert (meter.have, meter.of, meter.missing) == (8, 8, ())


def test_the_issue_own_sentence() -> None:
    meter = meter_laporan(REGIMES["pilkada"], without("terlapor_alamat", "evidence"), TODAY)
    assert (meter.have, meter.of) == (6, 8)
    assert ", ".join(meter.missing) == "alamat terlapor, bukti atau saksi"


@pytest.mark.parametrize(
    ("gone", "label"),
    [
        ("pelapor_nama", "identitas lengkap pelapor"),
        ("pelapor_hp", "identitas lengkap pelapor"),
        ("terlapor", "nama terlapor"),
        ("terlapor_alamat", "alamat terlapor"),
        ("happened", "waktu kejadian"),
        ("place", "tempat kejadian"),
        ("story", "uraian kejadian"),
        ("evidence", "bukti atau saksi"),
        ("known", "tanggal kejadian diketahui"),
    ],
)
def test_each_missing_answer_is_named(gone: str, label: str) -> None:
    assert meter_laporan(REGIMES["pilkada"], without(gone), TODAY).missing == (label,)


def test_a_witness_stands_for_evidence() -> None:
    answers = {**without("evidence"), "witness": "dua warga RT 3"}
    assert meter_laporan(REGIMES["pilkada"], answers, TODAY).missing == ()


@pytest.mark.parametrize("empty", ["", " ", "-", "tidak_tahu", None, [], {}])
def test_what_was_asked_and_left_open_is_not_had(empty: object) -> None:
    assert "nama terlapor" in meter_laporan(REGIMES["pilkada"], {**WHOLE, "terlapor": empty}, TODAY).missing


def test_the_seventh_day_is_in_time_and_the_eighth_is_said_to_be_over() -> None:
    assert meter_laporan(REGIMES["pilkada"], WHOLE, date(2024, 10, 15)).missing == ()
    late = meter_laporan(REGIMES["pilkada"], WHOLE, date(2024, 10, 16))
    assert late.missing == ("penyampaian tidak lebih dari 7 hari sejak diketahui",)


def test_pemilu_asks_less_of_the_reporter_and_counts_working_days() -> None:
    answers = without("pelapor_hp", "pelapor_lahir", "terlapor_alamat")
    assert meter_laporan(REGIMES["pemilu"], answers, date(2024, 10, 17)).missing == ()


def test_outside_any_stage_there_is_no_time_limit_to_miss() -> None:
    meter = meter_laporan(REGIMES["luar_tahapan"], without("known"), date(2026, 1, 1))
    assert (meter.have, meter.of) == (7, 7)


def test_the_outside_list_is_pilkadas_without_the_time_limit() -> None:
    pilkada = [need.label for need in REGIMES["pilkada"].laporan if not need.in_time]
    assert [need.label for need in REGIMES["luar_tahapan"].laporan] == pilkada


@pytest.mark.parametrize("name", sorted(REGIMES))
def test_a_tip_is_ready_with_a_story_someone_a_place_and_a_time(name: str) -> None:
    tip = {
        "story": "x",
        "position": "kades",
        "place": {"code": "33.11"},
        "happened": "",
        "happened_words": "awal bulan",
    }
    assert meter_awal(REGIMES[name], tip).missing == ()
    assert meter_awal(REGIMES[name], {**tip, "position": "tidak_tahu"}).missing == (
        "siapa yang dilaporkan atau jabatannya",
    )
    assert meter_awal(REGIMES[name], {}).have == 0


@pytest.mark.parametrize("name", ["pilkada", "pemilu"])
def test_the_signature_is_on_paper_and_in_no_count(name: str) -> None:
    regime = REGIMES[name]
    assert any("tanda tangan" in need.label for need in regime.paper)
    assert not any("tanda tangan" in need.label for need in (*regime.awal, *regime.laporan))


def test_every_rule_names_its_source() -> None:
    for regime in REGIMES.values():
        assert regime.regulation
        assert regime.source
        assert all(need.article for need in (*regime.awal, *regime.laporan, *regime.paper))


# --- wrong files --------------------------------------------------------------------------------------------

GOOD = (FOLDER / "pilkada.toml").read_text(encoding="utf-8")
WRONG = [
    ('name = "Pilkada"', "", "key 'name' is missing"),
    ('name = "Pilkada"', 'name = ""', "key 'name' is empty"),
    ('name = "Pilkada"', "name = 7", "key 'name' should be a text"),
    ('name = "Pilkada"', 'name = "Pilkada"\nnmae = "x"', "key 'nmae' is not known here"),
    ("effective = 2024-09-30", 'effective = "kemarin"', "key 'effective' should be a date"),
    ("effective = 2024-09-30", "effective = 2024-09-30T10:00:00", "key 'effective' should be a date"),
    ("effective = 2024-09-30", "effective = true", "key 'effective' should be"),
    ("days = 7", "days = 0", "[clock]: key 'days' should be between 1 and 366"),
    ("days = 7", 'days = "7"', "[clock]: key 'days' should be a number"),
    ('counts = "kalender"', 'counts = "bulan"', "key 'counts' should be one of kalender, kerja, tanpa"),
    ('counts = "kalender"', 'counts = "tanpa"', "[clock]: key 'days' is not known here"),
    ("[clock]", "[jam]", "key 'jam' is not known here"),
    ('confidence = "A"', 'confidence = "D"', "key 'confidence' should be one of A, B, C"),
    ('class = "materiel"', 'class = "penting"', "awal[1]: key 'class' should be one of formal, materiel"),
    ('all = ["story"]', 'all = ["cerita"]', "awal[1]: key 'all' asks for 'cerita'"),
    ('all = ["story"]', "all = []", "key 'all' should be a list of texts"),
    ('all = ["story"]', "all = [1]", "key 'all' should be a list of texts"),
    ('all = ["story"]', "", "awal[1]: key 'all' is missing"),
    ('any = [["terlapor"], ["position"]]', "any = []", "awal[2]: key 'any' is empty"),
    ('any = [["terlapor"], ["position"]]', 'any = ["terlapor"]', "awal[2]: key 'any' should be a list of texts"),
    ('any = [["terlapor"], ["position"]]', 'any = [["siapa"]]', "asks for 'siapa'"),
    ('in_time = "known"', 'in_time = "known"\nall = ["known"]', "laporan[8]: key 'all' is missing: give all"),
    ('in_time = "known"', 'in_time = "tahu"', "laporan[8]: key 'in_time' asks for 'tahu'"),
    ('unknown = "tanggal kejadian diketahui"', "", "laporan[8]: key 'unknown' is missing"),
    ('id = "terlapor_alamat"', 'id = "terlapor"', "key 'laporan' has the id 'terlapor' more than once"),
    ("[[paper]]", "[[kertas]]", "key 'kertas' is not known here"),
    ("[[paper]]", "[paper", "is no valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG)
def test_a_wrong_rule_file_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    (tmp_path / "contoh.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawProblem, match=re.escape(sentence)) as told:
        load_regimes(tmp_path)
    assert "contoh.toml" in str(told.value)


def test_a_time_limit_in_a_list_without_one_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("days = 7\n", "").replace('counts = "kalender"', 'counts = "tanpa"')
    (tmp_path / "contoh.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LawProblem, match="key 'in_time' makes no sense"):
        load_regimes(tmp_path)


def test_lists_that_are_absent_or_no_tables_are_refused(tmp_path: Path) -> None:
    head = GOOD.split("[[awal]]", maxsplit=1)[0]
    (tmp_path / "contoh.toml").write_text(head, encoding="utf-8")
    with pytest.raises(LawProblem, match="key 'awal' is missing"):
        load_regimes(tmp_path)
    (tmp_path / "contoh.toml").write_text("awal = [1]\n" + head, encoding="utf-8")
    with pytest.raises(LawProblem, match=re.escape("key 'awal' should hold tables [[awal]]")):
        load_regimes(tmp_path)


def test_no_rules_at_all_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(LawProblem, match="holds no rule file"):
        load_regimes(tmp_path)
