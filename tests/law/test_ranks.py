"""Ranks: whose queue an official of a province or of the nation belongs to; wrong data stops the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from law.datafile import LawProblem
from law.ranks import find_rank, load_ranks

if TYPE_CHECKING:
    from pathlib import Path

RANKS = load_ranks()


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("Kepala Dinas Pendidikan Provinsi Jawa Tengah", "provinsi"),
        ("kadis PU prov. Jateng", "provinsi"),
        ("Sekda Provinsi Bali", "provinsi"),
        ("sekdaprov", "provinsi"),
        ("pegawai Pemprov DKI", "provinsi"),
        ("staf ahli gubernur", "provinsi"),
        ("Dirjen Bina Marga", "nasional"),
        ("pegawai Kementerian Agama", "nasional"),
        ("Kepala Dinas Pendidikan Kabupaten Klaten", ""),
        ("Camat Grogol", ""),
        ("Bu Prof. Sri, guru SMP 2", ""),
        ("pegawai Kemenag Kabupaten Sukoharjo", ""),
        ("", ""),
    ],
)
def test_the_words_decide_the_level(said: str, level: str) -> None:
    found = find_rank(RANKS, said)
    assert (found.level if found else "") == level


ROW = '[[rank]]\nid = "a"\nlevel = "provinsi"\nlabel = "x"\nwords = ["a"]\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('source = "s"\n' + ROW.replace("provinsi", "dunia"), "should be one of provinsi, nasional"),
        ('source = "s"\n' + ROW.replace('["a"]', '["("]'), "no regular expression"),
        ('source = "s"\n' + ROW.replace('["a"]', "[]"), "list of texts"),
        ('source = "s"\n' + ROW + ROW, "more than once"),
        ('source = "s"\n' + ROW + "kata = 1\n", "not known here"),
        (ROW, "source"),
        ("[[", "no valid TOML"),
    ],
)
def test_wrong_data_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "ranks.toml"
    file.write_text(text)
    with pytest.raises(LawProblem, match=sentence):
        load_ranks(file)
