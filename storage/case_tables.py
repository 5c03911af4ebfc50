"""The tables of a case: what it is, its words, its history, its limits, its evidence."""

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
    text,
)

from storage.schema import Id, data_key_id, metadata, only_where, row_id

# Most cases are over: the lists of what is open are indexes of these alone. A query must say it in the same words.
IS_NEW = "status = 'baru'"
IS_OPEN = "status NOT IN ('ditutup', 'selesai')"
IS_RUNNING = "status NOT IN ('baru', 'ditutup', 'selesai')"
HAS_LIMIT = "deadline <> ''"
IS_OFFERED = "offered <> ''"

cases = Table(
    "cases",
    metadata,
    row_id(),
    Column("ticket", String(16), nullable=False, unique=True),
    Column("receipt", String(64), nullable=False, unique=True),  # keyed token
    Column("reporter", Id, ForeignKey("conversations.id"), index=True),
    data_key_id(),
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
    Column("offered", String(16), nullable=False, server_default=""),  # the office that is asked to take it over
    Column("offer_ends", BigInteger, nullable=False, server_default="0"),
    Column("rev", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("answers", LargeBinary, nullable=False),
    Column("facts", LargeBinary),  # what officers typed for each move, and what waits for a second person
    # For figures (docs/adr/0014): a keyed token of the accused's class of posts; the recommendation's day and fate.
    Column("post", String(16), nullable=False, server_default=""),
    Column("recommended", String(10), nullable=False, server_default=""),
    Column("fate", String(24), nullable=False, server_default=""),
    Index("ix_cases_came", "office", "created"),
    Index("ix_cases_counted", "office", "kind", "position", "home", "post", "created"),
    Index("ix_cases_fate", "office", "recommended", "fate", "deadline", **only_where("recommended <> ''")),
    *(
        Index(name, *columns, **only_where(where))
        for name, columns, where in (
            ("ix_cases_new", ("office", text("urgent DESC"), "created"), IS_NEW),
            ("ix_cases_running", ("office", "changed"), IS_RUNNING),
            ("ix_cases_open", ("office", "status", "changed", "deadline"), IS_OPEN),
            ("ix_cases_due", ("office", "deadline", "created"), f"{IS_OPEN} AND {HAS_LIMIT}"),
            ("ix_cases_held", ("holder", "changed"), IS_OPEN),
            ("ix_cases_offer_ends", ("offer_ends",), IS_OFFERED),
            ("ix_cases_offered", ("offered",), IS_OFFERED),
        )
    ),
)

limits = Table(
    "limits",  # limits of the law that ran for a case, as ISO days; `done` is "" while it runs (handlers/counting.py)
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("clock", String(24), primary_key=True),
    Column("office", String(16), nullable=False),  # as of the case
    Column("due", String(10), nullable=False),
    Column("last", String(10), nullable=False),  # if it is prolonged
    Column("done", String(10), nullable=False),
    Index("ix_limits_counted", "office", "due", "clock", "last", "done"),
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
    data_key_id(),
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
