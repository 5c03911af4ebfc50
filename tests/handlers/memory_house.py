"""A house of dicts around the pure core: no database, no engine, no channel. What it answers is written anew here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.inside.render import body
from bot.talk.house import Found, Heard, Person, Place
from bot.talk.rehearsal import ADDRESS, counted_codes
from handlers import effects as ask
from handlers import triage
from handlers.alarms import NOBODY, Step
from handlers.answers import with_place
from handlers.book import Book
from handlers.conversation import step
from handlers.events import ChatClosed, Due, Event, MediaFailed, MemberSeen, OptionChosen, PhotoPlaced, TextReceived
from handlers.state import State
from handlers.turn import Staff, Turn
from handlers.typed_buttons import overlaid
from law.calendar import Calendar
from law.checklists import load_checks
from law.deadlines import load_deadlines
from law.holidays import load_holidays
from law.hours import load_hours
from law.posts import load_posts
from law.ranks import load_ranks
from law.recipients import load_recipients
from law.reminders import load_reminders
from law.rules import load_regimes
from locales import voice
from place.areas import all_kabupaten, all_provinsi, office_name, zone_of
from place.districts import all_kecamatan

OFFICES = {code: office_name(code) for code in ("RI", *(a.code for a in (*all_provinsi(), *all_kabupaten())))}
REGIMES, CALENDAR = load_regimes(), Calendar.load()
ZONES = {code: zone_of(code) for code in OFFICES}
HOURS = load_hours(calendar=CALENDAR, holidays=load_holidays(), zones=ZONES)
RANKS, RECIPIENTS, DEADLINES = load_ranks(), load_recipients(), load_deadlines()
CHECKS = load_checks()


@dataclass
class Chat:
    """One conversation: a citizen's, an officer's private one, or a group."""

    screen: str
    channel: str
    private: bool = True
    forum: bool = False
    state: State = field(default_factory=State)
    gone: bool = False
    office: str = ""
    cards: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)  # cases that have one, where the group has them
    timers: dict[str, datetime] = field(default_factory=dict)


@dataclass
class Officer:
    staff: Staff
    chat: Chat
    joined: datetime
    stems: tuple[int, ...] = ()  # who invited them, or who they were before
    duty: bool = False
    who: str = ""  # the name that the transcript has for them, whatever they are called since


@dataclass
class File:
    id: str
    name: str
    kind: str
    chat: Chat
    state: str = "wanted"
    ticket: str = ""
    taken: str = ""


@dataclass
class Case:
    ticket: str
    receipt: str
    reporter: Chat
    answers: dict[str, Any]
    office: str
    home: str
    created: datetime
    changed: datetime
    urgent: bool
    deadline: str
    status: str = "baru"
    rev: int = 1
    holder: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    offered: str = ""
    offer_ends: datetime | None = None
    main: Case | None = None
    resumed: list[Chat] = field(default_factory=list)
    answered: list[tuple[Chat, str]] = field(default_factory=list)
    marks: dict[int, set[str]] = field(default_factory=dict)  # who is kept out, by which marks: "" by hand
    unasked: int = 0
    alarm: Step = NOBODY

    @property
    def kecamatan(self) -> str:
        return str((self.answers.get("place") or {}).get("kecamatan_code", ""))

    @property
    def barred(self) -> frozenset[int]:
        return frozenset(number for number, marks in self.marks.items() if marks)


@dataclass
class Button:
    """A button as it was said: where, to whom where it asks one of many, and what it carries."""

    chat: Chat
    asked: Chat | None
    data: str
    once: bool


@dataclass
class Act:
    """One event in hand."""

    chat: Chat
    mind: Chat
    turn: Turn
    speaker: str = ""
    topic: str = ""  # a ticket: in whose topic it was said


class MemoryHouse:
    """Implements bot.talk.house.House; `channel` is what the citizens use, `deeds` what each effect does."""

    def __init__(self, channel: str, deeds: dict[type, Any]) -> None:
        self.deeds = deeds
        self.channel = channel
        self.heard: list[Heard] = []
        self.book = Book(
            REGIMES,
            CALENDAR,
            30,
            24,
            OFFICES,
            RANKS,
            RECIPIENTS,
            DEADLINES,
            load_posts(),
            CHECKS,
            ADDRESS,
            hours=HOURS,
            reminders=load_reminders(),
            kecamatan=all_kecamatan(),
        )
        self.code = counted_codes()
        self.at = datetime(2024, 10, 10, 3, tzinfo=ZoneInfo("UTC"))
        self.chats: dict[str, Chat] = {}
        self.minds: dict[tuple[str, str], Chat] = {}
        self.officers: list[Officer] = []
        self.former: list[Officer] = []
        self.invites: dict[str, tuple[str, str, datetime, int]] = {}  # post, role, until, by whom
        self.ties: dict[
            int, dict[frozenset[str], str]
        ] = {}  # by officer, the words of agencies, and as they were typed
        self.profiles: dict[str, dict[str, Any]] = {}
        self.files: dict[str, File] = {}
        self.cases: list[Case] = []
        self.groups: dict[str, bool] = {}
        self.numbers = count(1)
        self.buttons: list[Button] = []
        self.exports: list[dict[str, Any]] = []
        self.templates: dict[str, dict[str, Any]] = {}
        self.views: dict[int, dict[str, str]] = {}
        self.labels: dict[str, dict[str, tuple[datetime, int]]] = {}
        self.many = False  # several cases are being moved as one
        self.voided: list[tuple[Case, dict[str, Any], str]] = []  # what waits no more: the proposal, and by which row
        self.touched: list[tuple[Case, str, bool]] = []  # rows of history: case, action, by an officer
        self.watches: dict[str, tuple[datetime, Step]] = {}  # by office: since when nobody acts, and who hears next

    # --- bot.talk.stage.House ---

    async def begin(self, at: datetime) -> None:
        self.at = at

    async def wait(self, until: datetime) -> None:
        def due() -> list[tuple[datetime, str, Chat | Case | str]]:
            rung = [(at, what, chat) for chat in self.chats.values() for what, at in chat.timers.items() if at <= until]
            over = [(one.offer_ends, "", one) for one in self.cases if one.offer_ends and one.offer_ends <= until]
            silent = [(step.at, "antrean", office) for office, (_, step) in self.watches.items() if step.at]
            limits = [(one.alarm.at, "tenggat", one.office) for one in self.cases if one.alarm.at]
            alarms = [one for one in sorted([*silent, *limits]) if one[0] <= until]
            return sorted([*rung, *over, *alarms], key=lambda one: one[0])

        while found := due():
            at, what, which = found[0]
            self.at = max(self.at, at)
            if isinstance(which, str):
                self.ring(what, which)
            elif isinstance(which, Case):
                self.lapse(which)
                self.heed("")
            else:
                del which.timers[what]
                self.own(which, Due(what))
        self.at = until

    def lapse(self, case: Case) -> None:
        """Nobody answered its offer."""
        raise NotImplementedError

    def ring(self, kind: str, office: str) -> None:
        """Somebody is to hear of its untaken cases, or of its limits."""
        raise NotImplementedError

    def heed(self, by: str, act: Act | None = None) -> None:
        """After an event in which an officer of this office may have acted."""
        raise NotImplementedError

    async def officer(self, name: str, office: str, role: str) -> None:
        code = await self.invitation(office, role, timedelta(days=1))
        self.said(Person(name), TextReceived(f"/start {code}"), Place(), name)

    async def invitation(self, office: str, role: str, until: timedelta) -> str:
        code = f"{next(self.numbers):020}"  # an operator's, beside those that are asked for
        self.invites[code] = (office, role, self.at + until, 0)
        return code

    async def group(self, name: str, *, topics: bool) -> None:
        self.groups[name] = topics

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        self.said(person, event, place, "" if person.citizen else person.name)

    async def settle(self, files: dict[str, Found]) -> None:
        for file in [one for one in self.files.values() if one.state == "wanted"]:
            found = files.get(file.name, Found())
            file.state, file.taken = "refused" if found.why else "kept", found.taken
            came = [MediaFailed(file.id, found.why)] if found.why else self.placed(file, found.point)
            self.redraw(file.ticket)
            for event in came if not file.chat.gone else ():
                self.own(file.chat, event)

    def placed(self, file: File, point: tuple[float, float] | None) -> list[Event]:
        """Where a photo's file says it was taken; noted on its case too, where it has one."""
        if point is None:
            return []
        (place,) = self.perform(Act(file.chat, file.chat, Turn(self.at)), ask.FindPlace("photo", "", *point))
        if place.decision == "reject":
            return []
        for case in self.cases:
            case.answers["evidence"] = with_place(case.answers.get("evidence", []), PhotoPlaced(file.id, place))
        return [PhotoPlaced(file.id, place)]

    # --- events ---

    def chat_of(self, person: Person) -> Chat:
        channel = "telegram" if person.where or self.channel == "telegram" else "web" if person.citizen else "kantor"
        fresh = Chat(person.screen, channel, not person.where, self.groups.get(person.where, False))
        return self.chats.setdefault(person.screen, fresh)

    def said(self, person: Person, event: Event, place: Place, name: str = "") -> None:
        chat = self.chat_of(person)
        own = self.minds.setdefault((person.where, person.name), Chat("", "telegram")) if person.where else chat
        mind = chat if isinstance(event, MemberSeen) else own
        chat.gone = isinstance(event, ChatClosed)
        found = next((one for one in self.officers if one.who == person.name), None)
        turn = Turn(
            at=self.at,
            staff=found.staff if found else None,
            private=chat.private,
            channel=chat.channel,
            ticket=place.reply or place.topic,
            voice=voice(mind.state.language),
            group_office=chat.office,
            name=name,
        )
        act = Act(chat, mind, turn, person.name, place.topic)
        self.run(act, self.opened(chat, mind, event))
        self.heed(turn.staff.office if turn.staff else "", act)

    def own(self, chat: Chat, event: Event) -> None:
        turn = Turn(self.at, private=chat.private, channel=chat.channel, voice=voice(chat.state.language))
        self.run(Act(chat, chat, turn), event)

    def run(self, act: Act, event: Event) -> None:
        act.mind.state, wanted = step(act.mind.state, event, act.turn, self.book)
        act.mind.state = State.from_json(act.mind.state.to_json())
        for answer in [answer for effect in wanted for answer in self.perform(act, effect)]:
            self.run(act, answer)

    def perform(self, act: Act, effect: ask.Effect) -> list[Event]:
        return self.deeds[type(effect)](self, act, effect) or []

    # --- saying ---

    def say(self, to: Chat, send: ask.Send, asked: Chat | None = None, *, answers: bool = False) -> None:
        """`asked` is whom a question is put to, where others read along; what `answers` who speaks covers no buttons."""
        if to.gone or (send.quiet and send.card not in to.cards):
            return
        if not answers and (send.anew or send.card not in to.cards):
            to.state = overlaid(to.state)
        if send.card:
            to.cards.add(send.card)
        if send.topic and to.forum:
            to.topics.add(send.topic)
        made = body(send, voice(to.state.language))
        made["buttons"] = [
            [label, "" if url else self.hidden(to, asked, send.options, place), url]
            for place, (label, _, url) in enumerate(made.get("buttons", ()))
        ]
        self.heard.append(Heard(to.screen, made, send.card))

    def hidden(self, to: Chat, asked: Chat | None, options: tuple[ask.Option, ...], place: int) -> str:
        """A number instead of what the button carries."""
        answers = any(one.data and not one.data.startswith("/") for one in options)
        self.buttons.append(Button(to, asked if answers else None, options[place].data, options[place].once))
        return str(len(self.buttons) - 1)

    def opened(self, chat: Chat, mind: Chat, event: Event) -> Event:
        """What the button carries, for whom it was meant; nothing once it is used up."""
        if not isinstance(event, OptionChosen):
            return event
        found = (
            self.buttons[int(event.data)] if event.data.isdecimal() and int(event.data) < len(self.buttons) else None
        )
        if found is None or found.chat is not chat or found.asked not in (None, mind):
            return OptionChosen("", event.ref)
        data = found.data
        if found.once:
            found.data = ""
        return OptionChosen(data, event.ref)

    def silenced(self, case: Case) -> bool:
        kept = [one.staff for one in self.officers if one.staff.id in case.barred]
        return any(triage.silences(one.role, one.office, case) for one in kept)

    def audience(
        self, code: str, case: Case | None = None, *, duty: bool = False, role: str = "", place: bool = False
    ) -> list[Chat]:
        def able(one: Staff) -> bool:
            if case is None or not place:
                return case is None or triage.handles(one, case)
            return one.id not in case.barred and triage.is_near(one, case)

        here = [one for one in self.officers if one.staff.office == code and one.staff.role != "auditor"]
        people = [one for one in here if able(one.staff)]
        aloud = case is None or not (self.silenced(case) or (place and case.barred))
        chosen = [one for one in people if (one.duty or not duty) and (one.staff.role == role or not role)]
        private = [one.chat for one in (chosen or people) if not one.chat.gone]
        group = self.profiles.get(code, {}).get("group")
        if duty or role or group is None or group.gone or not aloud:
            return private
        return [group, *(chat for chat in private if chat.channel == "kantor")]

    def listeners(self, act: Act, to: ask.To) -> list[Chat]:
        match to.kind:
            case "office":
                return self.audience(to.who)
            case "duty":
                return self.audience(to.who, duty=True)
            case "koordinator":
                return self.audience(to.who, role="koordinator")
            case "second":
                return self.second(act, to)
            case "staff":
                case = next((case for case in self.cases if case.ticket == to.about), None)
                mine = [one for one in self.officers if str(one.staff.id) == to.who]
                near = [o for o in mine if not case or triage.is_near(o.staff, case) or case.holder == o.staff.id]
                return [one.chat for one in near if not case or one.staff.id not in case.barred]
            case _:
                return [act.chat]

    def second(self, act: Act, to: ask.To) -> list[Chat]:
        speaker = act.turn.staff.id if act.turn.staff else 0
        code, case = to.who, next((case for case in self.cases if case.ticket == to.about), None)
        while code:
            able = [one for one in self.officers if one.staff.office == code and one.staff.role in triage.DECIDE]
            able = [one for one in able if case is None or triage.handles(one.staff, case)]
            if others := [one.chat for one in able if self.apart(speaker, one.staff.id)]:
                return others
            code = triage.above(code)
        return []

    def apart(self, one: int, other: int) -> bool:
        """Are these two people, as far as two are needed? For a day a newcomer counts as whom they stem from."""
        people = {each.staff.id: each for each in (*self.officers, *self.former)}

        def meant(number: int) -> set[int]:
            fresh = people[number].stems if self.at - people[number].joined < timedelta(hours=24) else ()
            return {number} if not fresh else set().union(*(meant(each) for each in fresh))

        return not meant(one) & meant(other)

    def served(self, code: str) -> bool:
        return self.served_but(code, frozenset())

    def served_but(self, code: str, barred: frozenset[int]) -> bool:
        here = [one.staff for one in self.officers if one.staff.office == code and one.staff.id not in barred]
        return any(one.role in triage.DECIDE for one in here)

    def keep(self, act: Act, event: ask.KeepMedia) -> None:
        given = event.media
        self.files.setdefault(given.id, File(given.id, given.name, given.kind, act.chat))

    def join(self, act: Act, name: str, office: str, role: str, kecamatan: str = "", inviter: int = 0) -> Officer:
        """A new seat; whoever sat elsewhere by this name does so no more."""
        number = len(self.officers) + len(self.former) + 1
        old = [one for one in self.officers if one.who == act.speaker]
        here = [one for one in (*self.former, *old) if one.chat is act.chat][-1:]
        stems = tuple(one.staff.id for one in here) + ((inviter,) if inviter and not old else ())
        self.former += old
        self.officers = [one for one in self.officers if one not in old]
        staff = Staff(number, name, office, OFFICES[office], role, kecamatan)
        self.officers.append(new := Officer(staff, act.chat, self.at, stems, who=act.speaker))
        return new

    def redraw(self, ticket: str) -> None:
        """A file has come in: the card of its case shows it."""

    def name_of(self, staff_id: int) -> str:
        return next((one.staff.name for one in (*self.officers, *self.former) if one.staff.id == staff_id), "")


def anew(send: ask.Send) -> ask.Send:
    """The card as a new message."""
    return replace(send, quiet=False, anew=True)
