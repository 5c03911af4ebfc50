"""The outbox: each message out at least once, in its conversation's order; for the web it is the stream itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, literal_column, or_, select, update

from sealing.envelope import open_json, open_text, seal_json
from storage.conversations import JOINED
from storage.tables import cards, conversations, data_keys, outbox, topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing
    from storage.conversations import Conversation

STREAMED = frozenset({"web", "kantor", "terminal"})  # channels that read the outbox themselves
DUE, STREAM, SENT, FAILED, GONE, OVER = "due", "stream", "sent", "failed", "gone", "over"
ERASE = -1  # the draft of a message that is to be erased as soon as it was sent
LEASE = 60_000_000  # microseconds a sender may hold a message before another may take it


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox, opened."""

    conversation_id: int
    channel: str
    seq: int
    address: str
    private: bool
    forum: bool
    card: str
    tries: int
    at: int
    body: dict[str, Any]


def message(to: Conversation, body: dict[str, Any], card: str, at: int) -> tuple[Message, dict[str, Any]]:
    """The next message of a conversation: as the sender wants it, and as the row to insert."""
    to.seq += 1
    to.dirty = True
    streamed = to.channel in STREAMED
    row = {
        "conversation_id": to.id,
        "seq": to.seq,
        "at": at,
        "lane": 0,
        "state": STREAM if streamed else DUE,
        "due_at": at,
        "tries": 0,
        "lease": 0 if streamed else at + LEASE,
        "card": card,
        "draft": 0,
        "body": seal_json(to.data_key, body, f"outbox/{to.id}/{to.seq}/body"),
    }
    opened = Message(to.id, to.channel, to.seq, to.address, to.private, to.forum, card, 0, at, body)
    return opened, row


def add(conn: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert all rows of a transaction in one statement."""
    if rows:
        conn.execute(insert(outbox), rows)


_OPEN = (
    select(
        outbox,
        conversations.c.channel,
        conversations.c.key,
        conversations.c.address,
        conversations.c.private,
        conversations.c.forum,
        data_keys.c.wrapped,
        data_keys.c.kek_id,
    )
    .select_from(JOINED.join(outbox, outbox.c.conversation_id == conversations.c.id))
    .order_by(outbox.c.lane, outbox.c.at, outbox.c.conversation_id, outbox.c.seq)
)


def _opened(rows: Iterable[Any], keys: KeyRing) -> list[Message]:
    found = []
    for row in rows:
        secret = keys.unwrap(row.wrapped, row.kek_id)
        body = open_json(secret, row.body, f"outbox/{row.conversation_id}/{row.seq}/body")
        address = open_text(secret, row.address, f"conversations/{row.key}/address")
        where = (row.conversation_id, row.channel, row.seq, address, row.private, row.forum)
        found.append(Message(*where, row.card, row.tries, row.at, body))
    return found


def claim(conn: Connection, keys: KeyRing, channels: Iterable[str], now: int, most: int) -> list[Message]:
    """Take due messages of these channels that nobody holds (of a crash, or of a retry whose time has come).

    None overtakes another of its conversation that must still wait, or that somebody else holds.
    """
    earlier = outbox.alias()
    in_the_way = (
        select(earlier.c.seq)
        .where(earlier.c.conversation_id == outbox.c.conversation_id, earlier.c.seq < outbox.c.seq)
        .where(earlier.c.state == DUE, or_(earlier.c.due_at > now, earlier.c.lease > now))
    )
    due = _OPEN.where(outbox.c.state == DUE, outbox.c.due_at <= now, outbox.c.lease <= now, ~in_the_way.exists())
    due = due.where(conversations.c.channel.in_(list(channels)))
    found = _opened(conn.execute(due.limit(most).with_for_update(of=outbox, skip_locked=True)).all(), keys)
    mark(conn, [(one.conversation_id, one.seq) for one in found], lease=now + LEASE)
    return found


def stream(conn: Connection, keys: KeyRing, conversation_id: int, after: int, most: int = 500) -> list[Message]:
    """The messages of a streamed conversation after a number, in order."""
    rows = _OPEN.where(outbox.c.conversation_id == conversation_id, outbox.c.seq > after, outbox.c.state == STREAM)
    return _opened(conn.execute(rows.order_by(None).order_by(outbox.c.seq).limit(most)).all(), keys)


def stream_and_kept(conn: Connection, keys: KeyRing, conversation_id: int, after: int) -> tuple[list[Message], int]:
    """The messages after a number, and how many are there up to it: fewer than before, where some were erased."""
    earlier = (outbox.c.conversation_id == conversation_id, outbox.c.seq <= after, outbox.c.state == STREAM)
    kept = conn.execute(select(func.count()).select_from(outbox).where(*earlier)).scalar_one()
    return stream(conn, keys, conversation_id, after), kept


def mark(conn: Connection, which: Sequence[tuple[int, int]], **values: Any) -> None:
    """Set columns of some messages, in one statement."""
    if not which:
        return
    statement = (
        update(outbox)
        .where(outbox.c.conversation_id == bindparam("conv"), outbox.c.seq == bindparam("number"))
        .values({name: bindparam(f"new_{name}") for name in values})
    )
    fresh = {f"new_{name}": value for name, value in values.items()}
    conn.execute(statement, [{"conv": conv, "number": seq, **fresh} for conv, seq in which])


def release(conn: Connection) -> int:
    """At the start of the only process: whatever a crash left in hand is due at once. Gives how many."""
    freed = update(outbox).where(outbox.c.state == DUE, outbox.c.lease > 0).values(lease=0)
    return conn.execute(freed).rowcount


def lag(conn: Connection, now: int) -> tuple[int, int]:
    """How many are due, and the age of the oldest in microseconds."""
    count, oldest = conn.execute(
        select(func.count(), func.min(outbox.c.at)).where(outbox.c.state == DUE, outbox.c.due_at <= now)
    ).one()
    return count, now - oldest if oldest else 0


def card_refs(conn: Connection, conversation_id: int, card: str) -> str:
    """The platform's ids of a card's messages, "" where it does not stand yet."""
    query = select(cards.c.refs).where(cards.c.conversation_id == conversation_id, cards.c.card == card)
    return conn.execute(query).scalar_one_or_none() or ""


def stands(conn: Connection, conversation_id: int, card: str) -> bool:
    """Has this card been shown, or is it on its way, and was it not closed since?"""
    query = select(cards.c.card).where(cards.c.conversation_id == conversation_id, cards.c.card == card, _OPENED)
    return conn.execute(query).one_or_none() is not None


_OPENED = cards.c.closed.is_(False)


def close_card(conn: Connection, conversation_id: int, card: str) -> None:
    """Nothing of the case stands there any more, and nothing will, until it is shown anew."""
    mine = (cards.c.conversation_id == conversation_id, cards.c.card == card)
    conn.execute(update(cards).where(*mine).values(closed=True))


def open_card(conn: Connection, conversation_id: int, card: str) -> None:
    """A card is on its way to where none stands."""
    place_card(conn, conversation_id, card, "")
    mine = (cards.c.conversation_id == conversation_id, cards.c.card == card)
    conn.execute(update(cards).where(*mine, cards.c.closed.is_(True)).values(closed=False))


def cards_in(conn: Connection, conversation_id: int) -> list[str]:
    """The cards that stand in a conversation."""
    query = select(cards.c.card).where(cards.c.conversation_id == conversation_id, _OPENED)
    return list(conn.execute(query.order_by(cards.c.card)).scalars())


def card_of_ref(conn: Connection, conversation_id: int, ref: str) -> str:
    """The card whose text a platform's message bears, "" where it bears none."""
    bears = (cards.c.refs == ref) | cards.c.refs.like(f"%,{ref}")  # 5 is not the end of 15
    query = select(cards.c.card).where(cards.c.conversation_id == conversation_id, bears)
    return next((card for (card,) in conn.execute(query) if card), "")


def place_card(conn: Connection, conversation_id: int, card: str, refs: str) -> None:
    """Note where a card stands."""
    done = conn.execute(
        update(cards).where(cards.c.conversation_id == conversation_id, cards.c.card == card).values(refs=refs)
    )
    if not done.rowcount:
        conn.execute(insert(cards).values(conversation_id=conversation_id, card=card, refs=refs))


def shown_in(conn: Connection, card: str) -> list[int]:
    """The conversations in which a card stands."""
    return list(conn.execute(select(cards.c.conversation_id).where(cards.c.card == card, _OPENED)).scalars())


def thread_of(conn: Connection, conversation_id: int, ticket: str) -> str:
    """The topic of a case in a group, "" where none was opened."""
    query = select(topics.c.thread).where(topics.c.conversation_id == conversation_id, topics.c.ticket == ticket)
    return conn.execute(query).scalar_one_or_none() or ""


def ticket_of_thread(conn: Connection, conversation_id: int, thread: str) -> str:
    """The case whose topic this is, "" for none."""
    query = select(topics.c.ticket).where(topics.c.conversation_id == conversation_id, topics.c.thread == thread)
    return conn.execute(query).scalar_one_or_none() or ""


def open_topic(conn: Connection, conversation_id: int, ticket: str, thread: str) -> None:
    """Note the topic that was opened for a case."""
    conn.execute(insert(topics).values(conversation_id=conversation_id, ticket=ticket, thread=thread))


def due_in(conn: Connection, conversation_id: int) -> list[int]:
    """The numbers of a conversation's messages that are still to be sent."""
    query = select(outbox.c.seq).where(outbox.c.conversation_id == conversation_id, outbox.c.state == DUE)
    return list(conn.execute(query.order_by(outbox.c.seq)).scalars())


def forget(conn: Connection, conversation_id: int, drafts: Sequence[int]) -> None:
    """Erase what was said while these drafts were open; what is still to be sent goes once it was."""
    mine = (outbox.c.conversation_id == conversation_id, outbox.c.draft.in_(list(drafts)))
    conn.execute(delete(outbox).where(*mine, outbox.c.state != DUE))
    conn.execute(update(outbox).where(*mine).values(draft=ERASE))


def forgotten(row: dict[str, Any]) -> dict[str, Any] | None:
    """The same of a row that is not written yet."""
    return {**row, "draft": ERASE} if row["state"] == DUE else None


# Asked after every batch that was sent: with the number written out, the index of these few rows answers it.
SWEEP = delete(outbox).where(outbox.c.draft == literal_column(str(ERASE)), outbox.c.state != DUE)


def sweep(conn: Connection) -> bool:
    """Erase what was to go once it was sent, and was; whether there was any."""
    return bool(conn.execute(SWEEP).rowcount)


def waiting(conn: Connection) -> list[int]:
    """The conversations that have messages to be sent."""
    return list(conn.execute(select(outbox.c.conversation_id).where(outbox.c.state == DUE).distinct()).scalars())


def give_up(conn: Connection, conversation_id: int, tried: int) -> None:
    """Nobody was there when it was tried: the conversation, and all that was to be said until then.

    Who came back since has been heard, and answered: what was said after it is tried anew.
    """
    there = (conversations.c.id == conversation_id, conversations.c.changed <= tried)
    conn.execute(update(conversations).where(*there).values(gone=True))
    mine = (outbox.c.conversation_id == conversation_id, outbox.c.state == DUE)
    conn.execute(update(outbox).where(*mine, outbox.c.at <= tried).values(state=GONE))
    conn.execute(update(outbox).where(*mine).values(lease=0))
    sweep(conn)
