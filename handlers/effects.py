"""What a conversation may ask for: requests, in the imperative. The house (bot/inside/perform.py) carries them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from handlers.checklist_effects import CheckItem
from handlers.desk_effects import KeepView, LoadBulk, LoadDesk, LoadMany, LoadQueue, MoveMany, NoteLabel
from handlers.handing_out import NoteDeed, ShowContact, ShowIdentity
from handlers.keeping_out import KeepOut, LoadKept, SetKecamatan, TieTo
from handlers.office_effects import (
    AnswerExport,
    BindGroup,
    CountFigures,
    Dismiss,
    DropTemplate,
    Invite,
    LoadOffice,
    LoadTemplates,
    NameOfficer,
    ProposeExport,
    SaveOffice,
    SaveTemplate,
)
from handlers.pairs import LoadPair, PairCases, SeparateCase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.attached import Chart, Paper, Spot
    from handlers.events import Event, Media


class T:
    """A sentence of ours: its Indonesian text is the gettext msgid; values are put in after translation.

    A value may be a str or int (put in as it is: people's words), another T, or a tuple of those (joined by
    line ends). `pybabel extract -k T` finds every sentence.
    """

    __slots__ = ("msgid", "values")

    def __init__(self, msgid: str, /, **values: Value) -> None:
        self.msgid = msgid
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, T) and (self.msgid, self.values) == (other.msgid, other.values)

    def __hash__(self) -> int:
        return hash(self.msgid)

    def __repr__(self) -> str:
        return f"T({self.msgid!r}, {self.values!r})" if self.values else f"T({self.msgid!r})"


Value = str | int | T | tuple["Value", ...]


class Option(NamedTuple):
    """A button: what it is called, and what comes back in OptionChosen.data (at most 500 characters).

    The house keeps the data and lets out a token for it (docs/adr/0016); `once` where pressing it twice would do
    something twice.
    """

    label: T | str
    data: str = ""
    url: str = ""  # a link of ours instead of an answer
    once: bool = False
    still: bool = False  # draws its own message anew: what was pressed need not stand in the talk besides


Asks = Literal["", "text", "place", "media"]


@dataclass(frozen=True, slots=True)
class To:
    """Who gets a message: this conversation, an office's officers, those on duty, one officer.

    `second` are those who may confirm what the speaker proposed: the office's others, or the nearest office above it.
    With `about` (a ticket) only those who may see that case, or are not kept out of it.
    """

    kind: Literal["here", "office", "duty", "staff", "koordinator", "second", "reporter"] = "here"
    who: str = ""
    about: str = ""


HERE = To()


@dataclass(frozen=True, slots=True)
class Send:
    """Say something. A later Send with the same `card` in the same conversation edits the first in place."""

    text: Value
    options: tuple[Option, ...] = ()
    card: str = ""
    album: tuple[str, ...] = ()  # evidence ids, shown before the text
    spot: Spot | None = None  # drawn by the house, shown before the text
    chart: Chart | None = None  # likewise
    paper: Paper | None = None  # made by the house, goes out with the text; never on a card, which is edited
    asks: Asks = ""  # what kind of answer helps: a channel may offer a location button or a file picker
    topic: str = ""  # a ticket: its own topic, where the group has topics
    to: To = HERE
    protect: bool = False  # the platform is asked to forbid forwarding and saving
    quiet: bool = False  # only edits the card where it already stands
    anew: bool = False  # a new message takes over the card, wherever the old one stands
    draft: int = 0  # of which draft it speaks, where that is not the one the event was about (docs/adr/0010)


@dataclass(frozen=True, slots=True)
class KeepMedia:
    """Fetch this file durably and keep its bytes."""

    media: Media


@dataclass(frozen=True, slots=True)
class FindPlace:
    """Ask the map; answered by PlaceFound with the same purpose. Give a text or a point.

    `within` is a name that was too common by itself: together with the text it may say more than the text alone.
    """

    purpose: str
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """Make a case of these answers, in the queue of the office of the place; answered by ReportFiled."""

    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Wake this conversation with Due(what) at a time (UTC); None takes the timer away."""

    what: str
    at: datetime | None


LOOSE = -2  # instead of a draft's number: the person's own words that belong to no draft


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase files of a draft (ids as in its answers), and all that was said while these drafts were open."""

    media: tuple[str, ...] = ()
    drafts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnReceipts:
    """What receipts opened in this conversation is closed: it answers for no other case than its own any more."""


@dataclass(frozen=True, slots=True)
class FindStatus:
    """Look a case up by its receipt (any channel) or list this conversation's own; answered by StatusFound."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class ListHeld:
    """What do we hold of this person; with a ticket, what was told for it? Answered by HeldListed."""

    ticket: str = ""


@dataclass(frozen=True, slots=True)
class AskRights:
    """UU PDP: note the wish to correct or erase ("koreksi", "hapus") on the person's filed cases."""

    wish: str
    words: str
    receipt: str = ""  # on the case of this secret receipt instead, whoever has it
    ticket: str = ""  # on this one only


@dataclass(frozen=True, slots=True)
class RelayAnswer:
    """The reporter's answer to an officer's question, to be put on the case and its card; `files` as in evidence."""

    ticket: str
    text: str
    files: tuple[Mapping[str, Any], ...] = ()
    question: str = ""
    grant: str = ""  # from where the receipt was given, not the report (StatusFound.waiting)


@dataclass(frozen=True, slots=True)
class Complete:
    """What the reporter was asked to complete: answers by the report's keys (None takes one away), and files."""

    ticket: str
    answers: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...] = ()
    grant: str = ""  # as in RelayAnswer
    items: str = ""  # what was asked for, by its letters (handlers/completion.py)


@dataclass(frozen=True, slots=True)
class AddToCase:
    """More about a case that was sent: words and files, put on the case and its card."""

    ticket: str
    text: str
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OfferUpload:
    """Make a one-time upload address into this conversation; answered by UploadOffered."""


@dataclass(frozen=True, slots=True)
class SpendInvite:
    """Join an office by a one-time code; answered by InviteSpent."""

    code: str


# --- officers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LoadCase:
    """Answered by CaseLoaded with the command and the words that wait for it; None for missing and not permitted."""

    ticket: str
    command: str
    words: str = ""
    rev: int = -1  # the revision that a button showed, -1 where it was typed


@dataclass(frozen=True, slots=True)
class Search:
    """Cases of the officer's office and below with all of these words; `said` as typed. Answered by CasesFound."""

    words: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class MoveCase:
    """Move a case as handlers/life.py and handlers/triage.py allow.

    `rev` is the one that was looked at; the row is locked since.
    """

    ticket: str
    rev: int
    action: str
    status: str
    holder: int | None = None  # None leaves it, 0 frees it
    office: str = ""  # a new office, "" leaves it
    reason: str = ""
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)  # put beside those of the case; None takes one away
    offer: tuple[str, datetime | None] | None = None  # to which office and until when; ("", None): to none any more
    tell: Event | None = None  # what the reporter is told
    shows: bool = False  # the case's card is the whole answer: shown here also where it does not stand yet
    said: Send | None = None  # what is said here once it is done (handlers/done.py)


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """An offered case is not taken: it stays where it is, or goes up (handlers/offers.py)."""

    ticket: str
    rev: int
    reason: str


Effect = (
    Send | KeepMedia | FindPlace | FileReport | SetTimer | Forget | ReturnReceipts | FindStatus | ListHeld | AskRights
    | RelayAnswer | Complete | AddToCase | OfferUpload | SpendInvite | LoadCase | LoadQueue | MoveCase | NoteDeed
    | ShowContact | ShowIdentity | LoadOffice | SaveOffice | BindGroup | DeclineOffer | Invite | Dismiss | Search
    | CountFigures | ProposeExport | AnswerExport | CheckItem | LoadTemplates | SaveTemplate | DropTemplate
    | LoadKept | KeepOut | TieTo | SetKecamatan | LoadDesk | KeepView | NoteLabel | LoadBulk | LoadMany | MoveMany
    | LoadPair | PairCases | SeparateCase | NameOfficer
)  # fmt: skip
