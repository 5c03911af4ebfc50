"""What `python -m tests.place.measure` prints stays where it is: the goals, on the sets that are checked in."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from place.find import find_in_story, find_text
from tests.place import measure
from tests.place.typed_sets import by_hand, in_full, judge, official, typos

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.place.typed_sets import Row

HELD = ("right", "asked")


def verdicts(rows: Iterable[Row]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.kind, Counter())[judge(row, find_text(row.typed))] += 1
    return found


def share(count: Counter[str], *wanted: str) -> float:
    return sum(count[verdict] for verdict in wanted) / count.total()


def test_points_near_villages_of_another_source() -> None:
    strata = measure.by_villages()
    deep = measure.score(strata["villages, all neighbours of one"])
    assert deep.points > 1400
    assert deep.wrong == 0
    assert deep.asked <= 3
    assert deep.first >= 99.5
    differ = measure.score(strata["villages, neighbours differ"])
    assert differ.wrong <= 6
    assert differ.held >= 98
    assert differ.options <= 2.2


def test_abroad_and_open_sea_are_never_routed() -> None:
    answers = measure.nobodys()
    assert len(answers) > 80
    assert not [answer for answer in answers if answer.found.decision == "route"]


def test_official_names_and_homonyms() -> None:
    found = verdicts(official())
    assert share(found["official"], "right") >= 0.99
    assert share(found["kab_prov"], "right") >= 0.99
    assert found["homonym"] == {"right": 52}


def test_kecamatan_desa_and_addresses() -> None:
    found = verdicts(islice(in_full(), 0, None, 7))
    for kind in ("kec_kab", "kec_kab_bare", "desa_kec_kab", "address", "sentence"):
        assert share(found[kind], "right") >= 0.99, kind
        assert found[kind]["wrong"] <= 1, kind


def test_typos() -> None:
    (found,) = verdicts(typos()).values()
    assert share(found, *HELD) >= 0.99
    assert share(found, "wrong") <= 0.005


@pytest.fixture(scope="module")
def listed() -> dict[str, Counter[str]]:
    return verdicts(by_hand())


def test_the_list_is_long(listed: dict[str, Counter[str]]) -> None:
    assert sum(count.total() for count in listed.values()) >= 900


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("abbrev", 0.92),
        ("old_name", 0.92),
        ("spelling", 0.92),
        ("town", 0.97),
        ("landmark", 0.97),
        ("region", 0.97),
        ("province", 1),
        ("homonym", 1),
        ("homonym_marked", 1),
        ("kec_kab", 1),
        ("desa_kec_kab", 1),
        ("address", 1),
        ("kab_prov", 1),
        ("typo", 0.97),
        ("sentence", 0.97),
        ("junk", 0.97),
        ("general", 1),
    ],
)
def test_the_hand_written_list(listed: dict[str, Counter[str]], kind: str, least: float) -> None:
    assert share(listed[kind], *HELD) >= least, listed[kind]
    assert listed[kind]["wrong"] <= 1


EVERYDAY = (
    "kemarin sekarang nanti datang kadang hingga selama karena sangat cukup malu bangga petani nelayan lembaga undangan "
    "lambang langkah bagus tetap suruh minta sumbang selesai mulai terima kasih selamat pagi rumah kantor pasar lapangan "
    "jalan gedung warung sawah kebun hutan gunung utara selatan barat timur"
)


def test_everyday_words_are_not_taken_for_places() -> None:
    assert [word for word in EVERYDAY.split() if find_text(word).decision == "route"] == []


POSTS = "datang minta suruh tarik tolak bagi tulis teriak lawan kumpulkan paksa beri kirim"


@pytest.mark.parametrize("who", ["pak camat", "pak lurah", "bu kades", "kapolsek", "bupati"])
def test_what_a_post_does_is_no_place(who: str) -> None:
    for verb in POSTS.split():
        assert find_in_story(f"kemarin {who} {verb} uang kepada warga").decision == "reject", verb
