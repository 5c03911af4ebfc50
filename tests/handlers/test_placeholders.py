"""No text that was saved ever leaves a brace or a hole in what is sent, whatever the case; the house's own among them."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.effects import DropTemplate, LoadTemplates, Send
from handlers.events import Event, OptionChosen, TemplatesLoaded, TextReceived
from handlers.flow import Misread, Scene
from handlers.house_templates import HOUSE
from handlers.life import MOVES, STATUSES, STEPS
from handlers.placeholders import LONGEST, PLACEHOLDERS, fill, names_in, plain, problems, reached_by, sample
from handlers.reply import Here
from handlers.state import State
from handlers.summary import PELAPOR
from handlers.template import USING, Template, possible
from handlers.template_flow import REPLY, flow
from handlers.templates import MOST_OFFERED, NAME, filled, loaded, offered, shelf, templates
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_house import CALENDAR, OFFICES, REGIMES, Book

BOOK = Book(REGIMES, CALENDAR, offices=OFFICES)
AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
CHIEF = Staff(1, "Danu", "33.11", "Bawaslu Kabupaten Sukoharjo", "koordinator")
HERE = Here(Turn(AT, CHIEF), BOOK)
ODD = (
    "",
    " ",
    "\n",
    "{tiket}",
    "{",
    "}",
    "}{",
    "Jl. {alamat} 1",
    "*tebal* <b>x</b>",
    "12/x\n13/y",
    "{{nomor}}",
    "biasa",
)
PIECES = (
    *(f"{{{name}}}" for name in PLACEHOLDERS), "{", "}", "{}", "{ tiket}", "{TIKET}", "{pelapor}", "{pelapor_nama}",
    "{tiket", "kantor}", " dan ", "\n", "{{tiket}}", "{0}", "{tiket!r}", "{tiket.upper}", "=", "%s", "\\",
)  # fmt: skip


def road(chance: random.Random, status: str) -> dict[str, Any]:
    """What officers may have typed by then, also oddly."""
    facts: dict[str, Any] = {}
    for move in STEPS:
        if status in reached_by(move.action) and chance.random() < 0.8:
            facts[move.action] = {"nomor": chance.choice(ODD), "nama": chance.choice(ODD), "tanggal": "2024-10-10"}
    return facts


def case(chance: random.Random, status: str) -> CaseView:
    says = {name: chance.choice(ODD) for name in ("alamat", "jam") if chance.random() < 0.9}
    return CaseView(
        "JN-ZQ4C-CVSG", "33.11", chance.choice(("Bawaslu {kantor}", "Bawaslu Sukoharjo")), "33.11", "x", status, 3, AT,
        deadline=chance.choice(("", "2024-10-17")), facts=road(chance, status), office_says=says, shelf=HOUSE,
    )  # fmt: skip


def judged(text: str, one: CaseView) -> bool:
    """Was it filled in? Then every part of it is there, as plain words."""
    values = [plain(PLACEHOLDERS[name].value(one, HERE)) for name in re.findall(r"\{([^{}]*)\}", text)]
    if not all(values):
        with pytest.raises(Misread, match="belum dapat dipakai"):
            fill(text, one, HERE)
        return False
    made = fill(text, one, HERE)
    assert not set("{}") & set(made)
    parts = re.split(r"\{[^{}]*\}", text)
    assert made == "".join(a + b for a, b in zip(parts, [*values, ""], strict=True))
    return True


@pytest.mark.parametrize("seed", range(60))
def test_what_was_saved_never_leaves_a_brace_or_a_hole(seed: int) -> None:
    chance, used = random.Random(seed), 0
    for _ in range(300):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 6)))
        command = chance.choice(sorted(USING))
        able = sorted(possible(command))
        statuses = frozenset(chance.sample(able, chance.randrange(1, min(4, len(able) + 1))))
        if problems(text, statuses):
            continue
        used += judged(text, case(chance, chance.choice(sorted(statuses))))
    assert used > 3


@pytest.mark.parametrize("one", HOUSE, ids=lambda one: one.name)
def test_the_houses_own_texts_are_whole(one: Template) -> None:
    assert NAME.fullmatch(one.name)
    assert one.fits <= possible(one.command)
    assert problems(one.text, one.fits) == ()
    assert not set("{}") & set(sample(one.text))
    assert not re.search(
        r"pasti|akan dihukum|bersalah|terbukti|sanksi|laporan anda (telah|sudah) diterima", one.text.casefold()
    )
    chance = random.Random(one.name)
    assert any(judged(one.text, case(chance, status)) for _ in range(80) for status in one.fits)


def test_nothing_stands_for_who_reported() -> None:
    assert not {*PELAPOR, "pelapor", "identitas", "identity"} & PLACEHOLDERS.keys()
    told = dict.fromkeys(PELAPOR, "Kenarina Pelapor") | {"identity": "kontak"}
    for name, one in PLACEHOLDERS.items():
        for status in one.where:
            seen = replace(case(random.Random(name), status), answers=told)
            assert "Kenarina" not in one.value(seen, HERE)


def test_a_value_that_can_never_be_there_is_refused_for_every_such_status() -> None:
    for name, one in PLACEHOLDERS.items():
        for status in STATUSES:
            assert bool(problems(f"x {{{name}}}", {status})) == (status not in one.where)
    assert PLACEHOLDERS["nomor"].where.isdisjoint({"baru", "ditangani", "ditelusuri", "kajian_awal", "ditutup"})
    assert {"temuan", "diregistrasi", "kajian", "selesai", "dihentikan"} <= PLACEHOLDERS["nomor"].where
    assert PLACEHOLDERS["penerima"].where >= MOVES["verifikasi"].sources
    assert PLACEHOLDERS["penerima"].where.isdisjoint({"pleno", "dihentikan"})


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "=awal", "{", "a}b", "{{tiket}}", "{nama}", "{ }"])
def test_what_is_malformed_or_unknown_is_refused(text: str) -> None:
    assert problems(text, {"ditangani"})
    assert names_in("{tiket} {tiket} {jam}") == ("tiket", "jam")


@pytest.mark.parametrize("name", ["", "x" * 21, "=x", "a/b", "{x}", "-x"])
@pytest.mark.parametrize("verb", ["simpan", "buang", "kembalikan"])
def test_a_name_is_short_and_plain(name: str, verb: str) -> None:
    """What is no name is asked for, and the next words are listened to."""
    reply = templates(State(), f"{verb} {name}", HERE)
    assert not any(isinstance(one, DropTemplate) for one in reply.effects)
    assert reply.state.talk is not None
    assert "name" not in reply.state.talk.answers
    assert bool(reply.effects) == bool(name)  # why it is none, where one was given


def test_of_one_name_the_nearest_offices_counts_and_few_are_offered() -> None:
    mine = Template("sudah dibaca", "kabari", frozenset(), "punya kami", "33.11")
    assert next(one for one in shelf([mine]) if one.name == mine.name) == mine
    many = tuple(Template(f"teks {number}", "kabari", frozenset(), "x", "33.11") for number in range(40))
    seen = case(random.Random(1), "ditangani")
    assert len(offered("kabari", replace(seen, shelf=many))) == MOST_OFFERED
    [listed] = loaded(State(), TemplatesLoaded("33.11", (*many, mine))).effects
    assert isinstance(listed, Send)
    assert len(listed.options) <= 20
    assert "pusat" in str(
        loaded(State(), TemplatesLoaded("33", (Template("a", "catat", frozenset(), "x", "RI"),))).effects
    )
    assert templates(State(), "", HERE).effects == (LoadTemplates(""),)


def test_an_office_has_so_many_and_no_more() -> None:
    told = loaded(State(), TemplatesLoaded("33.11", (), "baru", "penuh")).effects
    assert "sudah punya" in str(told)


@pytest.mark.parametrize(
    ("event", "marked", "got"),
    [
        (TextReceived("apa saja"), [], {"statuses": []}),
        (TextReceived("Lanjut"), ["ditangani"], {"statuses": ["ditangani"]}),
        (TextReceived("kajian awal, di ppk"), [], {"statuses": ["kajian_awal", "di_ppk"]}),
        (OptionChosen("lanjut"), ["ditangani"], {"statuses": ["ditangani"]}),
        (OptionChosen("ditangani"), ["ditangani"], {"picked": []}),
        (OptionChosen("apa saja"), ["ditangani"], {"statuses": []}),
        (OptionChosen("lanjut"), [], None),  # a button of before the last mark was taken away
        (OptionChosen("dicabut"), [], None),
        (TextReceived("lanjut"), [], None),
        (TextReceived("menunggu kelengkapan"), ["baru"], {"picked": ["baru", "dilengkapi"]}),
    ],
)
def test_statuses_are_tapped_or_typed(event: Event, marked: list[str], got: dict[str, Any] | None) -> None:
    ask = flow.ask("statuses")
    assert ask
    scene = Scene({"name": "x", "untuk": "kabari", "picked": marked}, Turn(AT, CHIEF), BOOK)
    if got is None:
        with pytest.raises(Misread):
            ask.read(event, scene)
    else:
        assert ask.read(event, scene) == got


def test_in_a_group_the_text_is_asked_for_as_an_answer() -> None:
    ask = flow.ask("isi")
    assert ask
    shown = ask.put(Scene({"name": "x", "untuk": "kabari"}, Turn(AT, CHIEF, private=False), BOOK))
    assert "Balas (reply)" in str(shown)


def test_a_question_kept_before_tells_no_limit_either() -> None:
    one = replace(case(random.Random(1), "ditangani"), deadline="2024-10-17")
    asks = [Template("sampai", command, frozenset(), "Sampai {tenggat}?", "33.11") for command in ("tanya", "kabari")]
    for template in asks:
        shelf = replace(one, shelf=(template,))
        if template.command == "tanya":
            with pytest.raises(Misread, match="dihitung dari isi laporan"):
                filled("tanya", shelf, "sampai", HERE)
        else:
            assert filled("kabari", shelf, "sampai", HERE) == "Sampai Kamis, 17 Oktober 2024?"


def test_a_question_that_would_tell_a_limit_is_not_kept() -> None:
    assert "/kabari" in str(problems("Sampai {tenggat}?", frozenset({"ditangani"}), "tanya"))
    assert problems("Sampai {tenggat}?", frozenset({"ditangani"}), "kabari") == ()


def test_in_a_group_the_name_is_asked_for_as_a_reply() -> None:
    asked = flow.asks[0].put(Scene({"verb": "simpan"}, Turn(AT, CHIEF, private=False), BOOK))
    assert isinstance(asked, Send)
    assert REPLY in asked.text  # type: ignore[operator]


def test_another_offices_group_is_no_place_for_templates() -> None:
    there = Here(Turn(AT, CHIEF, private=False), BOOK)
    assert templates(State(), "simpan sudah dibaca", there).state.talk is None
