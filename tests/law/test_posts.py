"""Classes of posts, as KASN counted them: what words about the accused say; wrong data stops the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from law.datafile import LawProblem
from law.posts import find_post, load_posts

if TYPE_CHECKING:
    from pathlib import Path

POSTS = load_posts()


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("Camat Grogol, Pak Suryono", "kepala_wilayah"),
        ("Bu Lurah Kebayoran", "kepala_wilayah"),
        ("plt. camat", "kepala_wilayah"),
        ("Sekcam Grogol", "administrator"),
        ("Sekretaris Camat Grogol", "administrator"),
        ("staf kantor camat Grogol", "pelaksana"),
        ("istri camat", ""),
        ("Sekda Sukoharjo", "jpt"),
        ("Kepala Dinas Pendidikan", "jpt"),
        ("kadisdik", "jpt"),
        ("staf ahli bupati", "jpt"),
        ("Asisten II Setda", "jpt"),
        ("Inspektur Daerah", "jpt"),
        ("inspektur polisi dua Budi", ""),
        ("staf Dinas Pendidikan", "pelaksana"),
        ("Kabid SMP Dinas Pendidikan", "administrator"),
        ("kasi pemerintahan kecamatan", "pengawas"),
        ("Sekretaris Lurah", "pengawas"),
        ("Pak Budi, guru SMP 2", "fungsional"),
        ("kepala puskesmas", "fungsional"),
        ("Kepala SDN 1", "fungsional"),
        ("pegawai Pemkab", "pelaksana"),
        ("Pak Budi", ""),
        ("", ""),
    ],
)
def test_the_words_say_the_class(said: str, post: str) -> None:
    found = find_post(POSTS, said)
    assert (found.id if found else "") == post


def test_wrong_data_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "posts.toml"
    file.write_text('source = "s"\n[[post]]\nid = "a"\nwords = ["("]\n')
    with pytest.raises(LawProblem, match="no regular expression"):
        load_posts(file)
