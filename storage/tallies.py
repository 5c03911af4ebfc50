"""What figures count, kept as sums by day: for an office with all below it, whatever number of cases there is.

The database itself notes each change (triggers of migrations 0009 and 0014), so no code that moves a case can forget
to; a case that is joined to another counts for nothing, for the act is counted with that one. Notes
are added up here, each exactly once: it is deleted in the transaction that adds it to the sums, which need no order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, select, text

from handlers.life import DI_PPK, DITERUSKAN, DIVERIFIKASI
from handlers.triage import upward
from storage.tables import IS_ITSELF, cases, limits, tallies, tally_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

    from sealing.keys import KeyRing

KIND, POSITION, FATE, LIMIT = "bentuk", "jabatan", "nasib", "tenggat"  # parts
KEPT, PROLONGED, MISSED, RUNNING = "tepat", "tambahan", "lewat", "jalan"
AT_THEIRS = frozenset({DITERUSKAN, DIVERIFIKASI, DI_PPK})  # states in which an answer is awaited
ALL_DAYS = ""
MOST = 1000  # notes of one transaction: some 20 ms, in which nobody else writes on SQLite
SHORT = 16  # hex digits of a token: it is only compared with those of its own scope
Key = tuple[str, str, str, str]  # scope, day, part, value


class Note(NamedTuple):
    """What figures count of a case, or of one of its limits (then `clock` is not ""), as the database notes it."""

    office: str
    kecamatan: str = ""  # of a case only: limits are the office's
    home: str = ""
    created: int = 0
    kind: str = ""
    position: str = ""
    post: str = ""
    recommended: str = ""
    fate: str = ""
    deadline: str = ""
    clock: str = ""
    due: str = ""
    last: str = ""
    done: str = ""


_OF_CASE = ("home", "created", "kind", "position", "post", "recommended", "fate", "deadline")
_OF_LIMIT = ("clock", "due", "last", "done")
_CASES = select(cases.c.office, cases.c.kecamatan, *(cases.c[name] for name in _OF_CASE))
_LIMITS = select(limits.c.office, *(limits.c[name] for name in _OF_LIMIT)).join(cases)
_OLDEST = select(tally_notes.c.id).order_by(tally_notes.c.id).limit(bindparam("most"))
_TAKE = delete(tally_notes).where(tally_notes.c.id.in_(_OLDEST.scalar_subquery())).returning(tally_notes)
_ADD = text(
    "INSERT INTO tallies (scope, day, part, value, count) VALUES (:scope, :day, :part, :value, :count) "
    "ON CONFLICT (scope, day, part, value) DO UPDATE SET count = tallies.count + excluded.count"
)
_EMPTY = delete(tallies).where(
    *(tallies.c[name] == bindparam(f"of_{name}") for name in ("scope", "day", "part", "value")), tallies.c.count == 0
)


def token(keys: KeyRing, scope: str, post: str) -> str:
    """What stands for a class of posts; "" for none."""
    return keys.token("post", f"{scope}/{post}")[:SHORT] if post else ""


class Summer:
    """Adds notes to the sums. `day_of(scope, micros)` is the ISO day on an office's wall; `posts` all classes."""

    def __init__(self, keys: KeyRing, day_of: Callable[[str, int], str], posts: Sequence[str]) -> None:
        self._keys, self._day_of, self._posts = keys, day_of, posts
        self._classes: dict[str, dict[str, str]] = {}  # of a home: its tokens
        self._tokens: dict[tuple[str, str], str] = {}

    def all(self, conn: Connection) -> None:
        """Every note that there is."""
        while self.some(conn) == MOST:
            pass

    def some(self, conn: Connection) -> int:
        """At most MOST notes; how many they were."""
        notes = conn.execute(_TAKE, {"most": MOST}).all()
        sums = Counter[Key]()
        for note in notes:
            for key in self.keys_of(note):
                sums[key] += note.sign
        # In one order, so that two processes that add at once never wait for each other in a circle.
        rows = [(dict(zip(_NAMES, key, strict=True)), count) for key, count in sorted(sums.items()) if count]
        if rows:
            conn.execute(_ADD, [{**row, "count": count} for row, count in rows])
        if less := [{f"of_{name}": value for name, value in row.items()} for row, count in rows if count < 0]:
            conn.execute(_EMPTY, less)
        return len(notes)

    def of_cases(self, conn: Connection, scope: str, which: ColumnElement[bool]) -> Counter[Key]:
        """What cases count for in a scope, each day for itself; for the few that somebody must not know of."""
        found = [Note(**row) for row in conn.execute(_CASES.where(which, text(IS_ITSELF))).mappings()]
        found += [Note(**row) for row in conn.execute(_LIMITS.where(which)).mappings()]
        keys = (key for note in found for key in self.keys_of(note))
        return Counter(key for key in keys if key[0] == scope and key[1] != ALL_DAYS)

    def keys_of(self, note: Note | Row[Any]) -> Iterator[Key]:
        """Every sum to which a note belongs."""
        for scope in scopes(note.office, note.kecamatan):
            for day, part, value in self._counted(scope, note):
                yield scope, day, part, value
                yield scope, ALL_DAYS, part, value

    def _counted(self, scope: str, note: Note | Row[Any]) -> Iterator[tuple[str, str, str]]:
        """(day, part, value) of all that a note speaks of."""
        if note.clock:
            yield note.due, LIMIT, f"{note.clock}/{how(note.due, note.last, note.done)}"
            return
        day = self._day_of(scope, note.created)
        yield day, KIND, note.kind
        yield day, POSITION, self._position(scope, note)
        if note.recommended:
            yield note.recommended, FATE, f"{note.fate}/{note.deadline if note.fate in AT_THEIRS else ''}"

    def _position(self, scope: str, note: Note | Row[Any]) -> str:
        """A class of posts, as a token of this scope, where there is one; else what the citizen said."""
        if note.home not in self._classes:
            self._classes[note.home] = {token(self._keys, note.home, post): post for post in self._posts}
        post = self._classes[note.home].get(note.post, "")
        if not post:
            return str(note.position)
        if (scope, post) not in self._tokens:
            self._tokens[scope, post] = token(self._keys, scope, post)
        return self._tokens[scope, post]


_NAMES = ("scope", "day", "part", "value")


def scopes(office: str, kecamatan: str) -> tuple[str, ...]:
    """Whose figures a case is in: its office's and those above it, and its kecamatan's where its kabupaten has it."""
    own = (kecamatan,) if "." in office and kecamatan.startswith(f"{office}.") else ()
    return (*own, *upward(office))


def how(due: str, last: str, done: str) -> str:
    """Whether a limit was kept; of one that still runs its days, from which a reader judges."""
    if not done:
        return f"{RUNNING}/{due}/{last}"
    if done <= due:
        return KEPT
    return PROLONGED if done <= last else MISSED


def waiting(conn: Connection) -> bool:
    """Are there notes that were not added up?"""
    return conn.execute(select(tally_notes.c.id).limit(1)).first() is not None
