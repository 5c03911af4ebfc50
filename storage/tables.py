"""The tables. Times are integer microseconds UTC, days ISO text; LargeBinary columns are sealed (sealing.envelope)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.case_tables import (
    HAS_LIMIT,
    IS_ITSELF,
    IS_NEW,
    IS_OFFERED,
    IS_OPEN,
    IS_OVER,
    IS_RUNNING,
    IS_UNASKED,
    IS_WATCHED,
    answered,
    barred,
    case_marks,
    case_words,
    cases,
    chain,
    evidence,
    history,
    limits,
    resumed,
    tallies,
    tally_notes,
    watches,
)
from storage.schema import Id, data_key_id, metadata, only_where, row_id

__all__ = [
    "HAS_LIMIT",
    "IS_ITSELF",
    "IS_NEW",
    "IS_OFFERED",
    "IS_OPEN",
    "IS_OVER",
    "IS_RUNNING",
    "IS_UNASKED",
    "IS_WATCHED",
    "answered",
    "barred",
    "cards",
    "case_marks",
    "case_words",
    "cases",
    "chain",
    "conversations",
    "data_keys",
    "evidence",
    "exports",
    "history",
    "inbox",
    "invites",
    "labels",
    "limits",
    "metadata",
    "offices",
    "outbox",
    "resumed",
    "settings",
    "staff",
    "staff_addresses",
    "tallies",
    "tally_notes",
    "templates",
    "tie_words",
    "ties",
    "timers",
    "topics",
    "uploads",
    "watches",
]

data_keys = Table(
    "data_keys",  # beside the rest, so that it can live and be backed up apart
    metadata,
    row_id(),
    Column("kek_id", String(64), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    row_id(),
    Column("channel", String(16), nullable=False),
    Column("update_id", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),  # done, parked
    Column("data_key_id", Id, ForeignKey("data_keys.id")),
    Column("raw", LargeBinary),  # only of what was parked
    Column("why", String(200)),  # the class of the error, never its words
    UniqueConstraint("channel", "update_id"),
)

conversations = Table(
    "conversations",
    metadata,
    row_id(),
    Column("channel", String(16), nullable=False),
    Column("key", String(64), nullable=False, unique=True),  # keyed token of channel, address and sender
    data_key_id(),
    Column("address", LargeBinary, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("forum", Boolean, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),  # the last number given to a message of the outbox
    Column("gone", Boolean, nullable=False),  # blocked, or put out
    Column("office", String(16), nullable=False),  # whose group this is, "" elsewhere
    Column("changed", BigInteger, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("lane", Integer, nullable=False),  # 0 replies and cards; bulk comes behind
    Column("state", String(8), nullable=False),  # due, stream, sent, failed, gone, over
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("lease", BigInteger, nullable=False),  # until when a sender holds it
    Column("card", String(80), nullable=False),
    # Of which draft it was said: 0 of none, -2 a person's own words of none, -1 to be erased as soon as it was sent.
    Column("draft", Integer, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=False),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_erase", "draft", **only_where("draft = -1")),
)

cards = Table(
    "cards",  # where a card stands on its platform, so that it is edited in place; and who heard which alarm
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("card", String(80), primary_key=True),
    Column("refs", String(400), nullable=False),  # message ids, the last one bears the text; "" until sent
    Column("closed", Boolean, nullable=False, server_default=false()),  # nothing of the case stands there any more
)

topics = Table(
    "topics",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("ticket", String(16), primary_key=True),
    Column("thread", String(32), nullable=False),
)

timers = Table(
    "timers",
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("due_at", BigInteger, nullable=False, index=True),
)

staff = Table(
    "staff",
    metadata,
    row_id(),
    data_key_id(),
    Column("name", LargeBinary, nullable=False),
    Column("office", String(16), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("kecamatan", String(16), nullable=False, server_default=""),  # a panwascam's; "" for none
    Column("active", Boolean, nullable=False),
    Column("duty", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("views", LargeBinary),  # the filters of the queue that they keep by a name
    # From whom they stem (handlers/near.py): who invited them, NULL for the operator; who they were at another seat.
    Column("inviter", Id, ForeignKey("staff.id")),
    Column("former", Id, ForeignKey("staff.id")),
)

labels = Table(
    "labels",  # an office's own words on its cases, those in use
    metadata,
    Column("office", String(16), primary_key=True),
    Column("token", String(32), primary_key=True),  # keyed, of office and word
    data_key_id(),
    Column("word", LargeBinary, nullable=False),
    Column("cases", Integer, nullable=False),  # how many have it
    Column("used", BigInteger, nullable=False),
)

staff_addresses = Table(
    "staff_addresses",
    metadata,
    Column("key", String(64), primary_key=True),  # keyed token of channel and sender
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False),
)

ties = Table(
    "ties",  # officers who are tied to an agency: they are kept out of every case whose accused belongs to it
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    Column("mark", String(32), primary_key=True),  # keyed token of its words together
    Column("words", LargeBinary, nullable=False),  # as they were typed
    Column("total", Integer, nullable=False),  # of its words
)

tie_words = Table(
    "tie_words",  # keyed tokens of these words (storage/conflicts.py)
    metadata,
    Column("token", String(32), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    Column("mark", String(32), primary_key=True),
)

invites = Table(
    "invites",
    metadata,
    Column("code", String(64), primary_key=True),  # keyed token
    Column("office", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("kecamatan", String(16), nullable=False, server_default=""),
    Column("expires", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),  # 0 until then
    Column("inviter", Id, ForeignKey("staff.id")),  # whose it is; NULL for the operator's
)

offices = Table(
    "offices",  # only what an office entered about itself; names and codes are place's
    metadata,
    Column("code", String(16), primary_key=True),
    Column("alamat", String(500), nullable=False),
    Column("jam", String(200), nullable=False),
    Column("group_id", Id, ForeignKey("conversations.id")),
)

exports = Table(
    "exports",  # of the register: who proposed, who answered, and what was meant (storage/register.py); never deleted
    metadata,
    row_id(),
    Column("office", String(16), nullable=False),
    Column("format", String(4), nullable=False),
    Column("month", String(7), nullable=False),  # "2024-10", "" for all
    Column("total", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # over the cases and their revisions
    Column("proposer", Id, ForeignKey("staff.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),  # to be answered by then; once agreed, to be fetched by then
    Column("state", String(8), nullable=False),  # usul, setuju, tolak
    Column("second", Id, ForeignKey("staff.id")),
    Column("answered", BigInteger, nullable=False),
    Column("taken", Integer, nullable=False),  # how often it was made
)

templates = Table(
    "templates",  # texts that an office sends often (handlers/templates.py)
    metadata,
    row_id(),
    Column("office", String(16), nullable=False),
    Column("name", String(20), nullable=False),
    data_key_id(),
    Column("gone", Boolean, nullable=False),  # thrown away; can be brought back
    Column("at", BigInteger, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),  # who wrote it
    Column("body", LargeBinary, nullable=False),  # command, statuses, text
    UniqueConstraint("office", "name"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("token", String(64), primary_key=True),  # keyed token
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(400), nullable=False),
)
