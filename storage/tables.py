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
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
# Most cases are over: the lists of what is open are indexes of these alone. A query must say it in the same words.
IS_NEW = "status = 'baru'"
IS_OPEN = "status NOT IN ('ditutup', 'selesai')"
IS_RUNNING = "status NOT IN ('baru', 'ditutup', 'selesai')"
HAS_LIMIT = "deadline <> ''"
Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _data_key() -> Column[int]:
    return Column("data_key_id", Id, ForeignKey("data_keys.id"), nullable=False)


data_keys = Table(
    "data_keys",  # beside the rest, so that it can live and be backed up apart
    metadata,
    _id(),
    Column("kek_id", String(64), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
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
    _id(),
    Column("channel", String(16), nullable=False),
    Column("key", String(64), nullable=False, unique=True),  # keyed token of channel, address and sender
    _data_key(),
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
    Index("ix_outbox_erase", "draft", sqlite_where=text("draft = -1"), postgresql_where=text("draft = -1")),
)

cards = Table(
    "cards",  # where a card stands on its platform, so that it is edited in place
    metadata,
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True),
    Column("card", String(80), primary_key=True),
    Column("refs", String(400), nullable=False),  # message ids, the last one bears the text; "" until sent
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

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("ticket", String(16), nullable=False, unique=True),
    Column("receipt", String(64), nullable=False, unique=True),  # keyed token
    Column("reporter", Id, ForeignKey("conversations.id"), index=True),
    _data_key(),
    Column("office", String(16), nullable=False),  # whose queue it is in
    Column("home", String(16), nullable=False),  # the office of the place of the event
    Column("kabupaten", String(16), nullable=False),
    Column("kecamatan", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("position", String(16), nullable=False),
    Column("status", String(24), nullable=False),
    Column("regime", String(16), nullable=False),
    Column("law_version", String(80), nullable=False),  # the rules in force when it came
    Column("urgent", Boolean, nullable=False),
    Column("happened", String(10), nullable=False),
    Column("known", String(10), nullable=False),
    Column("deadline", String(10), nullable=False),
    Column("holder", Id, ForeignKey("staff.id")),
    Column("rev", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("answers", LargeBinary, nullable=False),
    Column("facts", LargeBinary),  # what officers typed for each move, and what waits for a second person
    *(
        Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
        for name, columns, where in (
            ("ix_cases_new", ("office", text("urgent DESC"), "created"), IS_NEW),
            ("ix_cases_running", ("office", "changed"), IS_RUNNING),
            ("ix_cases_open", ("office", "status", "changed", "deadline"), IS_OPEN),
            ("ix_cases_due", ("office", "deadline", "created"), f"{IS_OPEN} AND {HAS_LIMIT}"),
            ("ix_cases_held", ("holder", "changed"), IS_OPEN),
        )
    ),
)

case_words = Table(
    "case_words",  # by which officers find a case: keyed tokens, never the words (storage/search.py)
    metadata,
    Column("token", String(32), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, index=True),
    Column("office", String(16), nullable=False, server_default=""),  # the case's, so that an office's own are found
    Index("ix_case_words_office", "token", "office", "case_id"),
)

history = Table(
    "history",  # append only
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("action", String(24), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("office", String(16), nullable=False),
    Column("reason", String(24), nullable=False),
    Column("status", String(24), nullable=False, server_default=""),  # of the case after it
    Column("note", LargeBinary),
)

chain = Table(
    "chain",  # of all history: each link a hash over its row and the link before (storage/chain.py)
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("case_id", "seq"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("case_id", Id, ForeignKey("cases.id"), index=True),
    _data_key(),
    Column("kind", String(16), nullable=False),
    Column("state", String(8), nullable=False),  # wanted, kept, refused
    Column("clean", Boolean, nullable=False),  # a view without metadata can be shown
    Column("why", String(24), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("meta", LargeBinary, nullable=False),  # source, name, mime, sha256, what the camera wrote
    Index("ix_evidence_state_due_at", "state", "due_at"),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    _data_key(),
    Column("name", LargeBinary, nullable=False),
    Column("office", String(16), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("duty", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
)

staff_addresses = Table(
    "staff_addresses",
    metadata,
    Column("key", String(64), primary_key=True),  # keyed token of channel and sender
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("code", String(64), primary_key=True),  # keyed token
    Column("office", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),  # 0 until then
)

offices = Table(
    "offices",  # only what an office entered about itself; names and codes are place's
    metadata,
    Column("code", String(16), primary_key=True),
    Column("alamat", String(500), nullable=False),
    Column("jam", String(200), nullable=False),
    Column("group_id", Id, ForeignKey("conversations.id")),
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
