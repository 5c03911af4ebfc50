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
IS_OPEN = "status NOT IN ('digabung', 'ditutup', 'selesai')"
IS_RUNNING = "status NOT IN ('baru', 'digabung', 'ditutup', 'selesai')"
IS_ITSELF = "status <> 'digabung'"  # an act that several told is counted once: not those that are joined to another
HAS_LIMIT = "deadline <> ''"
IS_OFFERED = "offered <> ''"
IS_UNASKED = "unasked <> 0"
IS_OVER = "status IN ('ditutup', 'selesai')"
SIFTED = ("status", "urgent", "deadline", "holder", "kabupaten", "kecamatan", "kind")  # what a queue is narrowed by,
# behind what it is ordered by: a page and its count are read from the index alone
IS_WATCHED = "alarm_at > 0"

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
    # The revision at which a proposal waits and nobody is there yet who could be the second person; 0 for none.
    Column("unasked", Integer, nullable=False, server_default="0"),
    Column("main", Id, ForeignKey("cases.id")),  # the case of the same act to which it is joined
    Column("rev", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("answers", LargeBinary, nullable=False),
    Column("facts", LargeBinary),  # what officers typed for each move, and what waits for a second person
    # Who is reminded of its limit (docs/adr/0021): the rung that comes next, and when; 0 where nobody is.
    Column("alarm_at", BigInteger, nullable=False, server_default="0"),
    Column("alarm_rung", Integer, nullable=False, server_default="0"),
    # For figures (docs/adr/0014): a keyed token of the accused's class of posts; the recommendation's day and fate.
    Column("post", String(16), nullable=False, server_default=""),
    Column("recommended", String(10), nullable=False, server_default=""),
    Column("fate", String(24), nullable=False, server_default=""),
    Index("ix_cases_came", "office", "created"),
    Index("ix_cases_main", "main", **only_where("main IS NOT NULL")),
    *(
        Index(name, *columns, **only_where(where))
        for name, columns, where in (
            ("ix_cases_new", ("office", text("urgent DESC"), "created", "id", *SIFTED), IS_NEW),
            ("ix_cases_running", ("office", "changed", "id", *SIFTED), IS_RUNNING),
            ("ix_cases_every", ("office", text("urgent DESC"), "created", "id", *SIFTED), IS_OPEN),
            ("ix_cases_over", ("office", "changed", "id", *SIFTED), IS_OVER),
            ("ix_cases_open", ("office", "status", "changed", "deadline"), IS_OPEN),
            (
                "ix_cases_due",
                ("office", "deadline", "created", "id", *SIFTED[:2], *SIFTED[3:]),
                f"{IS_OPEN} AND {HAS_LIMIT}",
            ),
            ("ix_cases_held", ("holder", "changed", "id"), IS_OPEN),
            ("ix_cases_offer_ends", ("offer_ends",), IS_OFFERED),
            ("ix_cases_offered", ("offered",), IS_OFFERED),
            ("ix_cases_unasked", ("office",), IS_UNASKED),
            ("ix_cases_alarm", ("alarm_at", "office"), IS_WATCHED),
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
)


def _word(name: str, length: int) -> Column[str]:
    return Column(name, String(length), nullable=False, server_default="")


tally_notes = Table(
    "tally_notes",  # written by triggers: what figures count of a row of `cases` or `limits`, to be added or taken away
    metadata,
    row_id(),
    Column("sign", Integer, nullable=False),  # 1 or -1
    Column("created", BigInteger, nullable=False, server_default="0"),
    *(_word(name, 16) for name in ("office", "kecamatan", "home", "kind", "position", "post")),
    *(_word(name, length) for name, length in (("recommended", 10), ("fate", 24), ("deadline", 10))),
    *(_word(name, length) for name, length in (("clock", 24), ("due", 10), ("last", 10), ("done", 10))),
)

tallies = Table(
    "tallies",  # the notes added up (storage/tallies.py); day is "" for the sum of all days
    metadata,
    Column("scope", String(16), primary_key=True),  # an office with all below it
    Column("day", String(10), primary_key=True),
    Column("part", String(8), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,  # a reader of many days walks one stretch of the file
)

watches = Table(
    "watches",  # of each office: does its queue wait in silence (docs/adr/0021), and what stands still (its morning)
    metadata,
    Column("office", String(16), primary_key=True),
    Column("since", BigInteger, nullable=False),  # when its people acted last, or the queue began to wait
    Column("rung", Integer, nullable=False),
    Column("due_at", BigInteger, nullable=False),  # 0 where nobody is told any more, or nothing waits
    Column("day", String(10), nullable=False, server_default=""),  # of the numbers behind it, "" before the first
    Column("silent", Integer, nullable=False, server_default="0"),
    Column("silent_long", Integer, nullable=False, server_default="0"),
    Column("late", Integer, nullable=False, server_default="0"),
    Column("late_long", Integer, nullable=False, server_default="0"),
    Index("ix_watches_due", "due_at", **only_where("due_at > 0")),
)

case_words = Table(
    "case_words",  # by which officers find a case: keyed tokens, never the words (storage/search.py)
    metadata,
    Column("token", String(32), primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, index=True),
    Column("office", String(16), nullable=False, server_default=""),  # the case's, so that an office's own are found
    Index("ix_case_words_office", "token", "office", "case_id"),
)

case_marks = Table(
    "case_marks",  # by which cases of the same act are found: keyed tokens again (storage/likeness.py)
    metadata,
    Column("token", String(32), primary_key=True),
    Column("office", String(16), primary_key=True),  # the case's: only cases of one office are compared
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, index=True),
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

resumed = Table(
    "resumed",  # conversations that gave a case's receipt while officers asked something; gone once it is answered
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversations.id"), primary_key=True, index=True),
)

answered = Table(
    "answered",  # rows of history whose words came by the receipt from another conversation, which may see them again
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("words", LargeBinary, nullable=False),  # sealed: what was said there, nothing of what stood before
)

barred = Table(
    "barred",  # who is kept out of a case, by hand (mark "") or by a tie to the accused's agency (storage/conflicts.py)
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True, index=True),
    Column("mark", String(32), primary_key=True),
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
