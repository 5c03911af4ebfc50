"""Random and hostile talk through the pure core: never an exception, always a question or an end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.talk.house import Heard
from handlers import events as told
from handlers.closing import FLOWS
from handlers.state import State
from handlers.turn import Staff, Turn
from tests.handlers.memory_desk import DictHouse
from tests.handlers.memory_house import Act, Chat, Officer

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
NASTY = (
    "", " ", "\n", "\0", "{}", "{0}", "{ticket}", "%s", "%(x)s", "</b><script>", "\u202e\u2066إصلاح", "a\u0301" * 50,
    "x" * 9000, "1" * 5000, "٣٤", "²", "①", "/", "//", "/ ", "/@", "/ambil @9", "/ambil JN-0000-0000 @99999999999999999999",
    "/status " + "A" * 18, "/status \0", "/antrean ٣", "/bahasa \ud800", "/start \ud800", "@", "-", "-nanti", "-berkas",
    "lain", "kirim", "ubah", "cerita", "tidak tahu", "hari itu juga", "31/2/2024", "29/2/2023", "99/99/9999", "0/0/0",
    "1 januari 99999", "\U0001f600" * 300, "https://" + "a" * 3000, "9" * 40 + " hari lalu", "kemarin" * 1000,
    "-91,181", "1e400,1e400", "nan,inf",
)  # fmt: skip
PLAIN = (
    "halo", "ya", "tidak", "setuju", "Camat Grogol Sukoharjo mengajak warga memilih paslon 2 kemarin", "Grogol",
    "Sukoharjo", "kemarin", "hari ini", "1", "2", "0812 3456 7890", "terima kasih", "Lurah, Kades, TNI",
    "Ada Pilkades di desa kami", "https://contoh.id/1", "batal", "kembali", "tidak ada", "anonim", "kontak",
)  # fmt: skip
COMMANDS = (
    "lapor", "kembali", "ubah", "batal", "urung", "lanjut", "status", "jawab", "data", "koreksi", "koreksi salah",
    "hapus", "hapus ya", "bantuan", "bahasa", "bahasa en", "start", "start X", "antrean", "antrean saya 2", "ambil",
    "kasus", "kantor", "kantor alamat X", "kantor piket 1 2", "kantor grup", "kontak", "tanya", "catat", "tutup",
    "tutup ganda", "alihkan 33.13 pindah", "buka", "lepas", "ambil JN-ZQ4C-CVSG", "kasus JN-ZQ4C-CVSG riwayat",
    "tanya JN-ZQ4C-CVSG kapan?", "catat JN-ZQ4C-CVSG", "tutup JN-ZQ4C-CVSG", "tutup JN-ZQ4C-CVSG selesai",
    "alihkan JN-ZQ4C-CVSG atas lain", "buka JN-ZQ4C-CVSG", "lepas JN-ZQ4C-CVSG", "kontak JN-ZQ4C-CVSG",
)  # fmt: skip
words = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(NASTY),
    st.sampled_from(COMMANDS).map("/{}".format),
    st.text(max_size=40),
    st.text(alphabet=st.characters(categories=("Cs", "Cc", "Cf", "Nd")), max_size=8),
)
keys = st.sampled_from(sorted({ask.key for flow in FLOWS.values() for ask in flow.asks} | {"", "x"}))
kept_words = words.map(lambda text: text.encode("utf-8", "replace").decode())  # what the house tells was kept once
forged = st.one_of(
    st.builds(
        "{}:{}:{}".format, keys, st.sampled_from(("kirim", "ya", "33.11", "", "cerita", "x:y")), st.integers(-1, 40)
    ),
    words,
)
points = st.floats(-200, 200, allow_nan=False) | st.sampled_from((-7.6, 110.8, 3.1, 101.7))
files = st.builds(
    told.Media,
    id=st.integers(1, 14).map("{:032x}".format),
    kind=st.sampled_from(("photo", "video", "voice", "document")),
    name=st.sampled_from(("", "a.pdf", "../../x", "\0")),
    group=st.sampled_from(("", "", "g1")),
    source=st.sampled_from(({}, {"file_id": "x"})),
)
ref = st.integers(1, 6).map(str)
happenings = st.one_of(
    st.builds(told.TextReceived, words, ref),
    st.builds(told.TextReceived, words, ref),
    st.builds(told.OptionChosen, forged),
    st.integers(0, 11),  # a button that is really there
    st.integers(0, 11),
    st.builds(told.TextEdited, words, ref),
    st.builds(told.MediaReceived, files, caption=words, ref=ref),
    st.builds(told.MediaTooBig, st.integers(0, 10**12)),
    st.builds(told.LocationShared, points, points, name=words),
    st.builds(told.Unsupported, words),
    st.builds(told.MemberSeen, words),
    st.sampled_from((told.Opened(), told.ChatClosed(), told.UploadOffered("https://contoh.id/unggah/x"))),
    st.builds(told.Due, st.sampled_from(("remind", "expire", "forget", "x"))),
    st.builds(told.CaseMoved, st.just("JN-ZQ4C-CVSG"), st.sampled_from(("ditangani", "baru", "dialihkan", "turun", "ditutup")),
              kept_words, st.sampled_from(("selesai", "ganda", "x"))),
    st.builds(told.OfficerAsked, st.just("JN-ZQ4C-CVSG"), kept_words),
    st.builds(told.MediaFailed, st.integers(1, 14).map("{:032x}".format), st.sampled_from(("rusak", "x"))),
)  # fmt: skip


@dataclass
class Talk:
    """One person talking to the house of dicts."""

    house: DictHouse
    chat: Chat
    turn: dict[str, Any] = field(default_factory=dict)

    def say(self, happening: Any) -> list[Heard]:
        event = self.tap(happening) if isinstance(happening, int) else happening
        before = self.chat.state
        self.house.heard.clear()
        self.house.run(Act(self.chat, self.chat, Turn(self.house.at, **self.turn), "x"), event)
        self.house.at += timedelta(minutes=3)
        self.check(before)
        return list(self.house.heard)

    def tap(self, number: int) -> told.Event:
        buttons = [button for heard in self.shown for button in heard.body.get("buttons", ())]
        pressed = told.OptionChosen(buttons[number % len(buttons)][1] if buttons else "")
        return self.house.opened(self.chat, self.chat, pressed)

    @property
    def shown(self) -> list[Heard]:
        return [heard for heard in self.house.heard if heard.screen == self.chat.screen]

    def check(self, before: State) -> None:
        state = self.chat.state
        assert state.serial >= before.serial
        kept = json.loads(json.dumps(state.to_json()))
        assert State.from_json(kept) == State.from_json(state.to_json())
        if state.talk is not None:
            assert FLOWS[state.talk.flow].open(state.talk.answers) is not None, "open, or ended"
            opened = FLOWS[state.talk.flow].open(state.talk.answers)
            assert opened is not None
            assert not opened.house, "never left waiting for the house"
        for heard in self.shown:
            assert heard.body["text"].strip()
            for label, number, url in heard.body.get("buttons", ()):
                assert label.strip()
                assert url or 0 < len(self.house.buttons[int(number)].data) <= 500


def citizen() -> Talk:
    house = DictHouse("web")
    house.at = AT
    chat = house.chats.setdefault("", Chat("", "web"))
    return Talk(house, chat, {"channel": "web"})


def officer() -> Talk:
    """An officer with one waiting case."""
    talk = citizen()
    for happening in (PLAIN[4], "setuju", "kirim sekarang"):
        talk.say(told.TextReceived(happening))
    staff = Staff(1, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "koordinator")
    chat = talk.house.chats.setdefault("Bu Ani", Chat("Bu Ani", "kantor"))
    talk.house.officers.append(Officer(staff, chat, talk.house.at))
    talk.house.cases[0].office = "33.11"
    return Talk(talk.house, chat, {"channel": "kantor", "staff": staff})


OFTEN = settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(st.lists(happenings, max_size=25))
@OFTEN
def test_a_citizen_may_do_anything(happened: list[Any]) -> None:
    talk = citizen()
    for happening in happened:
        talk.say(happening)


@given(st.lists(happenings, max_size=25))
@OFTEN
def test_an_officer_may_do_anything(happened: list[Any]) -> None:
    talk = officer()
    for happening in happened:
        talk.say(happening)


@given(st.lists(happenings, max_size=20), st.sampled_from(("", "33.11", "33.13", "33")))
@OFTEN
def test_a_group_may_do_anything(happened: list[Any], office: str) -> None:
    talk = officer()
    talk.turn |= {"channel": "telegram", "private": False, "group_office": office, "ticket": "JN-ZQ4C-CVSG"}
    talk.chat.private = False
    for happening in happened:
        talk.say(happening)


@given(st.lists(happenings, max_size=15), st.lists(st.integers(0, 11), max_size=15))
@OFTEN
def test_back_change_cancel_and_undo_are_always_valid(happened: list[Any], taps: list[int]) -> None:
    talk = citizen()
    talk.say(told.TextReceived(PLAIN[4]))
    talk.say(0)
    for happening in (*taps, *happened):
        talk.say(happening)
        for command in ("/kembali", "/ubah", "/lanjut"):
            saved = talk.chat.state
            assert talk.say(told.TextReceived(command)), command
            talk.chat.state = replace(saved, serial=talk.chat.state.serial)
    open_before = talk.chat.state.talk
    assert talk.say(told.TextReceived("/batal"))
    if open_before is not None and open_before.flow == "report":
        assert talk.chat.state.talk is None
        assert talk.say(told.TextReceived("/urung"))
        assert talk.chat.state.talk is not None
        assert talk.chat.state.talk.answers == open_before.answers
