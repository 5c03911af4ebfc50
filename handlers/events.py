"""What can happen in a conversation: facts, in the past tense. All are frozen; the time comes beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from handlers.desk_events import BulkLoaded, DeskLoaded, ManyLoaded, ManyMoved, QueueLoaded
from handlers.keeping_out import KecamatanSet, KeptLoaded, KeptOut, Tied
from handlers.office_events import (
    CasesFound,
    Dismissed,
    ExportAnswered,
    ExportProposed,
    FiguresCounted,
    HandedOver,
    Invited,
    InviteSpent,
    MorningCame,
    OfficeLoaded,
    OfficerNamed,
    TemplatesLoaded,
)
from handlers.pairs import PairLoaded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.view import CaseView

MediaKind = Literal["photo", "video", "voice", "document"]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that a person sent. `id` is ours (32 hex digits); `source` is how its channel fetches it."""

    id: str
    kind: MediaKind
    name: str = ""
    mime: str = ""
    size: int = 0  # bytes; 0 where the platform does not say
    group: str = ""  # files of one album share it
    source: Mapping[str, str] = field(default_factory=dict)


# --- from people ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversation was opened: the page was loaded for the first time, or /start without a code."""


@dataclass(frozen=True, slots=True)
class TextReceived:
    """A typed message; commands too ("/status JN-...")."""

    text: str
    ref: str = ""  # the platform's id of the message, by which a later edit finds its answer


@dataclass(frozen=True, slots=True)
class TextEdited:
    """An earlier message was edited by its author."""

    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class OptionChosen:
    """A button was pressed; `data` is what its Option carried, "" where it is none of ours, or no longer."""

    data: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class MediaReceived:
    """A photo, video, voice note or document came, perhaps with words."""

    media: Media
    caption: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class MediaTooBig:
    """A file came that the channel cannot hand over (Telegram: more than 20 MB)."""

    size: int


@dataclass(frozen=True, slots=True)
class LocationShared:
    """A pin or the device's own position; degrees WGS 84, accuracy in metres where known."""

    lat: float
    lon: float
    accuracy: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that we do not take (sticker, poll, dice, ...), by its name on the platform."""

    what: str


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """Somebody was seen in a group; only their address, to compare with the office's officers."""

    address: str


@dataclass(frozen=True, slots=True)
class ChatClosed:
    """The person blocked the bot, or the bot was put out of a group."""


# --- from the house, as answers to effects -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Answer to FindPlace. `decision` is route, ask or reject; `options`: (code, name, zone), likelier first."""

    purpose: str
    decision: str
    code: str = ""
    name: str = ""
    kecamatan: str = ""
    kecamatan_code: str = ""
    zone: str = "Asia/Jakarta"
    options: tuple[tuple[str, str, str], ...] = ()
    trace: Mapping[str, Any] = field(default_factory=dict)
    desa: str = ""
    point: tuple[float, float] | None = None  # latitude, longitude: where a point was asked about


@dataclass(frozen=True, slots=True)
class PhotoPlaced:
    """A kept photo's file says where it was taken (its EXIF block): a hint, never more. `place` is never a reject."""

    id: str
    place: PlaceFound


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """Answer to FileReport: the ticket, the secret receipt and where it went, and why."""

    ticket: str
    receipt: str
    office: str  # "33.11"
    office_name: str
    home_name: str  # the office of the place; differs from office_name where nobody is there yet
    rung: bool = False  # it is happening now, and officers were told at once


@dataclass(frozen=True, slots=True)
class CaseLoaded:
    """Answer to LoadCase; None is said for missing and for not permitted alike."""

    case: CaseView | None
    command: str
    words: str
    rev: int = -1  # as in LoadCase


@dataclass(frozen=True, slots=True)
class StatusFound:
    """Answer to FindStatus: (ticket, status, office name, date of the last change) of each case found.

    `waiting`: what officers ask elsewhere and a receipt lets be answered here; question or items, and a grant.
    """

    cases: tuple[tuple[str, str, str, str], ...]
    asked: bool  # a receipt or ticket was given
    waiting: tuple[Mapping[str, Any], ...] = ()
    joined: frozenset[str] = frozenset()  # tickets of those that are joined: all of this is the main case's
    came_to: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # of what is over: the status before, and why


@dataclass(frozen=True, slots=True)
class MoveRefused:
    """The case could not go to that office: nobody serves there yet."""

    ticket: str
    office_name: str


@dataclass(frozen=True, slots=True)
class HeldListed:
    """Answer to ListHeld (/data): what was sent from here; of one case all that this person told for it.

    `told` are the case's answers, without who the reporter is; `more` what was added since, oldest first.
    `answered`: cases that came from elsewhere, for which something was said here by their receipt; of one of them
    `more` is just that.
    """

    cases: tuple[str, ...]
    ticket: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadOffered:
    """Answer to OfferUpload: a one-time address for a file too big for the channel."""

    url: str


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """To the reporter: their case changed state (`status`), or another office holds it now."""

    ticket: str
    status: str
    office_name: str
    reason: str = ""
    words: str = ""  # an officer's own, where the move asks the reporter for something,
    until: str = ""  # by this day, where a limit of the law runs, at
    office: str = ""  # this one
    settled: str = ""  # what was asked so, and is asked no more
    shared: bool = False  # it is the main case of theirs that moved, which others told, too


@dataclass(frozen=True, slots=True)
class OfficerTold:
    """To the reporter: an officer lets them know something, and waits for no answer; never who."""

    ticket: str
    words: str


@dataclass(frozen=True, slots=True)
class OfficerAsked:
    """To the reporter: an officer asks; never who."""

    ticket: str
    question: str


@dataclass(frozen=True, slots=True)
class CompletionAsked:
    """To the reporter: what an officer found missing, as letters of handlers.completion.ITEMS; never who asks."""

    ticket: str
    items: str
    until: str = ""  # ISO day, where a limit runs, at
    office: str = ""  # this one
    told: Mapping[str, Any] = field(default_factory=dict)  # what the reporter told before, as officers see it


@dataclass(frozen=True, slots=True)
class AnsweredElsewhere:
    """To whoever was asked the same: it was answered in another conversation. No `question`: it was a completion."""

    ticket: str
    question: str = ""
    items: str = ""  # what that completion was asked for, by letters (handlers/completion.py)


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """To the reporter: what they wrote of themselves was opened, by two officers."""

    ticket: str


@dataclass(frozen=True, slots=True)
class MediaFailed:
    """To whoever sent it: a file could not be kept; `why` is a code of pictures or of the channel."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """A timer of this conversation ran out: "remind", "expire"."""

    what: str


Event = (
    Opened | TextReceived | TextEdited | OptionChosen | MediaReceived | MediaTooBig | LocationShared | Unsupported
    | MemberSeen | ChatClosed | PlaceFound | PhotoPlaced | ReportFiled | CaseLoaded | QueueLoaded | StatusFound
    | MoveRefused | InviteSpent | Invited | HandedOver | Dismissed | OfficeLoaded | HeldListed | UploadOffered
    | CaseMoved | CompletionAsked | OfficerAsked | OfficerTold | IdentityShown | MediaFailed | MorningCame | CasesFound
    | AnsweredElsewhere | FiguresCounted | ExportProposed | ExportAnswered | TemplatesLoaded | KeptLoaded | KeptOut
    | Tied | KecamatanSet | OfficerNamed | DeskLoaded | BulkLoaded | ManyLoaded | ManyMoved | PairLoaded | Due
)  # fmt: skip
