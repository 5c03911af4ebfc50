"""One transaction for a batch of events: what an event did is kept whole or not at all, and written at the end.

States, inbox and outbox are gathered and written by one statement each, however many events there were. An event
that writes more (a case, an officer) does so under a savepoint, opened only then. `failed` puts everything back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from handlers.effects import LOOSE
from storage import cases, chain, conversations, inbox, outbox, proposals, search, timers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, NestedTransaction

    from handlers.inbound import Inbound
    from sealing.keys import KeyRing
    from storage.cases import Case
    from storage.conversations import Conversation
    from storage.outbox import Message


@dataclass(slots=True)
class _Event:
    """What the event in hand has done so far."""

    messages: int
    timers: int
    marks: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    drafts: dict[int, int] = field(default_factory=dict)  # by conversation, the one open before it
    seqs: dict[int, int] = field(default_factory=dict)  # by conversation, the number of its last message before it
    own: int = 0  # the conversation that the event is of
    echoes: set[int] = field(default_factory=set)  # numbers of the messages there that are the person's own words
    of_draft: dict[tuple[int, int], int] = field(default_factory=dict)  # messages that said of which draft they are
    savepoint: NestedTransaction | None = None
    unsaid: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)  # see UnitOfWork._unsaid
    erased: set[str] | None = None
    history: list[tuple[int, int]] = field(default_factory=list)  # rows written: case, number in it
    words: dict[int, frozenset[str]] = field(default_factory=dict)  # by which cases are found from now on
    fresh: set[int] = field(default_factory=set)  # cases that it made
    touched: list[tuple[Case, str, bool]] = field(default_factory=list)  # see UnitOfWork.touched
    voided: list[tuple[Case, dict[str, Any], str]] = field(default_factory=list)  # see UnitOfWork.voided


class UnitOfWork:
    """The state of one transaction."""

    def __init__(self, conn: Connection, keys: KeyRing, at: int) -> None:
        self.keys = keys
        self.at = at
        self.said: list[Message] = []
        self.emptied: set[int] = set()  # conversations in which something was erased: their pages must hear it
        self.wanted = False  # files are to be fetched
        self.erased: set[str] | None = None  # files whose rows went; None where nothing at all was erased
        self.staff_changed = False  # somebody joined or left: who may do what is looked up anew
        self.menus = False  # an officer's chat or an office's group may need another menu of commands
        self._conn = conn
        self._by_key: dict[str, Conversation] = {}
        self._by_id: dict[int, Conversation] = {}
        self._absent: set[str] = set()  # looked for, and not there when this transaction looked
        self._rows: list[dict[str, Any]] = []
        self._inbox: list[dict[str, Any]] = []
        self._history: list[tuple[int, int]] = []
        self._timers: list[tuple[int, str, int | None]] = []
        self._words: dict[int, frozenset[str]] = {}
        self._fresh: set[int] = set()
        self._event = _Event(0, 0)
        # What was forgotten before it was written: conversation, number of its last message then, and which drafts.
        self._unsaid: list[tuple[int, int, tuple[int, ...]]] = []

    # --- one event ---

    def begin(self, at: int) -> None:
        """Another event starts."""
        self.at = at
        self._event = _Event(len(self.said), len(self._timers))

    def succeeded(self, channel: str, update_id: str) -> None:
        """All that the event did stays, and so does the note that it came."""
        if self._event.savepoint:
            self._event.savepoint.commit()
        for row in self._rows[self._event.messages :]:
            row["draft"] = self._draft_of(row)
        self._unsaid += self._event.unsaid
        self._history += self._event.history
        self._words |= self._event.words
        self._fresh |= self._event.fresh
        self.emptied.update(where for where, _, _ in self._event.unsaid)
        if self._event.erased is not None:
            self.erased = (self.erased or set()) | self._event.erased
        self._inbox.append(inbox.done(channel, update_id, self.at))

    def _draft_of(self, row: dict[str, Any]) -> int:
        """The draft that was open before the event if it ended in it, else the one that is open after it.

        What is said in other conversations than the event's own is news, and of no draft.
        """
        where = row["conversation_id"]
        if where != self._event.own:
            return 0
        before, after = self._event.drafts.get(where, 0), self._by_id[where].state.draft
        draft = self._event.of_draft.get((where, row["seq"])) or (before if before and before != after else after)
        return draft or (LOOSE if row["seq"] in self._event.echoes else 0)

    def failed(self, channel: str, update_id: str, raw: bytes, why: str) -> None:
        """Nothing that the event did stays; the update itself is parked."""
        event = self._event
        if event.savepoint:
            event.savepoint.rollback()
        del self.said[event.messages :], self._rows[event.messages :], self._timers[event.timers :]
        for row_id, marks in event.marks.items():
            self._by_id[row_id].put_back(marks)
        self._inbox.append(inbox.parked(self._conn, self.keys, (channel, update_id), raw, why, self.at))

    def writing(self) -> Connection:
        """The connection, for statements that write at once: from here on the event has a savepoint."""
        if self._event.savepoint is None:
            self._event.savepoint = self._conn.begin_nested()
        return self._conn

    @property
    def reading(self) -> Connection:
        """The connection, for statements that only read."""
        return self._conn

    # --- conversations ---

    def fetch(self, wanted: Iterable[str]) -> None:
        """Take many conversations at once (by key); those that do not exist yet are simply not there."""
        missing = {key for key in wanted if key not in self._by_key and key not in self._absent}
        if missing:
            for found in conversations.by_keys(self._conn, self.keys, missing).values():
                self._note(found)
            self._absent |= missing - self._by_key.keys()

    def fetch_ahead(self, wanted: Iterable[str]) -> None:
        """The same for all events of a batch. One that cannot be opened is left to the event that needs it."""
        try:
            self.fetch(wanted)
        except DBAPIError:
            raise
        except Exception:  # noqa: BLE001, S110 - a broken seal, an unreadable state: not the fault of the others
            pass

    def conversation(self, inbound: Inbound, *, sender: bool) -> Conversation:
        """The conversation of an event: the chat, or with `sender` that person's own state inside a group."""
        person = inbound.sender if sender and not inbound.private else ""
        key = conversations.key_of(self.keys, inbound.channel, inbound.address, person)
        if key not in self._by_key:
            self.fetch([key])
        if key not in self._by_key:
            given = {
                "channel": inbound.channel,
                "address": inbound.address,
                "private": inbound.private,
                "forum": inbound.forum,
                "language": inbound.language if inbound.language in {"id", "en", "jv", "su"} else "id",
            }
            self._note(conversations.create(self._conn, self.keys, key, given, self.at))
        found = self._touched(self._by_key[key])
        if not (person or found.private) and found.forum != inbound.forum:
            found.forum, found.dirty = inbound.forum, True  # topics were turned on, or off, since
        return found

    def by_id(self, row_id: int) -> Conversation:
        """A conversation by its row."""
        if row_id not in self._by_id:
            self._note(conversations.by_id(self._conn, self.keys, row_id))
        return self._touched(self._by_id[row_id])

    def is_gone(self, row_id: int) -> bool:
        """Can it no longer be reached? Looked up without taking it."""
        known = self._by_id.get(row_id)
        return known.gone if known else conversations.is_gone(self._conn, row_id)

    def readdress(self, channel: str, old: str, new: str) -> None:
        """A group moved to another address of its platform: its conversation moves along."""
        old_key, new_key = (conversations.key_of(self.keys, channel, where) for where in (old, new))
        self.fetch([old_key, new_key])
        moved, other = self._by_key.pop(old_key, None), self._by_key.get(new_key)
        if moved is None:
            return
        if other:
            conversations.retire(self._conn, self.keys, other)
            self._by_key[other.key] = other
        conversations.readdress(self._conn, self.keys, moved, new)
        self.menus = True
        self._by_key[moved.key] = moved

    def _note(self, found: Conversation) -> None:
        self._by_key[found.key] = found
        self._by_id[found.id] = found

    def _touched(self, one: Conversation) -> Conversation:
        self._event.marks.setdefault(one.id, one.marks())
        self._event.drafts.setdefault(one.id, one.state.draft)
        self._event.seqs.setdefault(one.id, one.seq)
        return one

    # --- what is said, and when to wake ---

    def own(self, one: Conversation) -> Conversation:
        """The event in hand is of this conversation: what is said here belongs to its draft."""
        self._event.own = one.id
        return one

    def say(self, to: Conversation, body: dict[str, Any], card: str = "", draft: int = 0) -> None:
        """Put a message into the outbox of a conversation; `draft` where it speaks of another than the event's."""
        if draft:
            self._event.of_draft[(to.id, to.seq + 1)] = draft
        if body.get("me"):
            self._event.echoes.add(to.seq + 1)
        opened, row = outbox.message(to, body, card, self.at)
        self.said.append(opened)
        self._rows.append(row)

    def unsay(self, one: Conversation, drafts: tuple[int, ...]) -> None:
        """Erase what was said there while these drafts were open, in earlier transactions and in this one.

        The event's own echo stays: the page waits for it.
        """
        outbox.forget(self.writing(), one.id, drafts)
        self._event.unsaid.append((one.id, self._event.seqs.get(one.id, one.seq), drafts))

    def record(self, case: Case, at: int, action: str, *, first: bool = False, **row: Any) -> int:
        """Append a row of history (storage.cases.record), whose number it gives; it is linked when all is written."""
        seq = cases.record(self.writing(), case, at, action, first=first, **row)
        self._event.history.append((case.id, seq))
        self._event.touched.append((case, action, row.get("staff_id") is not None))
        if wish := proposals.overtaken(self.writing(), case, action):
            self._event.voided.append((case, wish, action))
        return seq

    def voided(self) -> list[tuple[Case, dict[str, Any], str]]:
        """(case, what was proposed, the row by which it is void) since this was asked last."""
        found, self._event.voided = self._event.voided, []
        return found

    def touched(self) -> list[tuple[Case, str, bool]]:
        """(case, action, by an officer) of the rows that were written since this was asked last; once each."""
        found, self._event.touched = self._event.touched, []
        return found

    def find_by(self, case: Case, words: frozenset[str], *, fresh: bool = False) -> None:
        """The case is found by these words from now on; `fresh` where it was made just now."""
        self._event.words[case.id] = words
        if fresh:
            self._event.fresh.add(case.id)

    @property
    def words(self) -> dict[int, frozenset[str]]:
        """By which cases are found, of those whose words are not written yet."""
        return self._words | self._event.words

    def erase(self, files: Iterable[str]) -> None:
        """Something was erased, and the rows of these files with it: the disk follows after the commit."""
        self._event.erased = (self._event.erased or set()) | set(files)

    def _kept(self, row: dict[str, Any]) -> dict[str, Any] | None:
        gone = any(
            row["conversation_id"] == where and row["seq"] <= last and row["draft"] in drafts
            for where, last, drafts in self._unsaid
        )
        return outbox.forgotten(row) if gone else row

    def wake(self, one: Conversation, what: str, at: int | None) -> None:
        """Set or take away a timer."""
        self._timers.append((one.id, what, at))

    # --- the end ---

    def flush(self) -> None:
        """Write what was gathered; the caller commits."""
        conversations.save(self._conn, (one for one in self._by_id.values() if one.dirty), self.at)
        inbox.add(self._conn, self._inbox)
        outbox.add(self._conn, [kept for row in self._rows if (kept := self._kept(row))])
        timers.put(self._conn, {(row_id, what): at for row_id, what, at in self._timers})
        search.index(self._conn, self.keys, self._words, self._fresh)
        chain.link(self._conn, self._history)  # last: on PostgreSQL it holds up whoever else writes history
