"""What two people may do together that is no move of the table: the case stays where it is on its road."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.attached import Paper
from handlers.days import BEFORE, EARLIER
from handlers.deadlines import last_day
from handlers.effects import Effect, MoveCase, Send, T, To
from handlers.events import CaseMoved, IdentityShown
from handlers.frozen import replace
from handlers.handing_out import ShowIdentity
from handlers.life import PROLONG
from handlers.steps import told_until
from handlers.taking_back import taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.reply import Here
    from handlers.view import CaseView

LIFE = timedelta(hours=24)  # how long a copy that was agreed to may be fetched


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a case by two people: what it is called, and how it is done once the second has agreed.

    `told`: does who proposed it hear that it was done, which nothing else that comes to them says?
    """

    label: T
    done: Callable[[CaseView, Mapping[str, Any], Here], tuple[Effect, ...]]
    command: str  # by which it is proposed
    typed: bool  # with words?
    told: bool = False


def _copied(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """The sealed originals go to who proposed it, as they were then; the history keeps both names."""
    until = (here.turn.at + LIFE).isoformat()
    given = {"berkas": " ".join(wish["facts"]["berkas"]), "sampai": until, "oleh": str(wish["by"])}
    otherwise = T(
        "Salinan buktinya tidak dapat diambil di sini. Bila terlalu besar untuk aplikasi ini, ambil di halaman petugas "
        "dalam 24 jam; sesudah itu, atau bila kasusnya berpindah, usulkan lagi: /bukti {ticket}",
        ticket=case.ticket,
    )
    told = T(
        "Salinan bukti asli {ticket}, {count}; dapat diambil 24 jam. Berkas asli dapat memuat keterangan tentang warga "
        "yang menyampaikan: jangan disebarkan.",
        ticket=case.ticket,
        count=wish["note"],
    )
    kept = f"{wish['name']} ({wish['note']})"
    paper = Paper("bukti", f"bukti-{case.ticket}.zip", case.ticket, given, otherwise)
    return (
        MoveCase(case.ticket, case.rev, "salinan", case.status, note=kept, facts={"usul": None}),
        Send(told, paper=paper, to=To("staff", str(wish["by"]), case.ticket)),
    )


def _unsealed(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """Shown once, to who holds the case and asked for it; the reporter is told."""
    del here
    note = f"{wish['name']}: {wish['note']}"
    told = IdentityShown(case.ticket)
    noted = MoveCase(case.ticket, case.rev, "identitas", case.status, note=note, facts={"usul": None}, tell=told)
    return (ShowIdentity(wish["by"], noted),)


def _corrected(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """What was recorded of a step is replaced, and the clock that began with it runs from the right day."""
    action, right = wish["facts"]["langkah"], wish["facts"]["menjadi"]
    was = case.facts[action]
    before = {key: kept for key, kept in was.items() if key == BEFORE}
    if was.get("nomor") != right.get("nomor"):  # letters may bear the old one: by it the case is found still
        before[EARLIER] = [*was.get(EARLIER, ()), was["nomor"]]
    note = f"{wish['note']} (usul {wish['name']})"
    facts = {action: {**right, **before}, "usul": None}
    tell = _other_day(case, {**case.facts, **facts}, here)
    return (MoveCase(case.ticket, case.rev, "ralat", case.status, note=note, facts=facts, tell=tell),)


def _other_day(case: CaseView, facts: Mapping[str, Any], here: Here) -> CaseMoved | None:
    """The last day that its reporter was told when time was added, where it is another one now."""
    last = last_day(dict(case.answers), facts, case.status, here.turn.at, here.book)
    if PROLONG not in facts or last == case.deadline or not told_until(case, last, here):
        return None
    return CaseMoved(case.ticket, "ralat", case.office_name, until=last, office=case.office)


def _taken_back(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """The last step is undone, as it would have been by who made it within ten minutes."""
    said = wish["facts"]
    note = f"{wish['note']} (usul {wish['name']})"
    back = taken_back(case, said["langkah"], said["ke"], here, "dibatalkan", note)
    return (replace(back, facts={**back.facts, "usul": None}),)


DEEDS = {
    "salinan": Deed(T("Salinan bukti asli"), _copied, "bukti", typed=False),
    "identitas": Deed(T("Buka identitas warga"), _unsealed, "identitas", typed=True),
    "dibatalkan": Deed(T("Batalkan langkah"), _taken_back, "mundur", typed=True, told=True),
    "ralat": Deed(T("Ralat"), _corrected, "ralat", typed=True, told=True),
}
WRITTEN = {
    "pelapor_nama": T("Nama"),
    "pelapor_hp": T("Nomor HP"),
    "pelapor_alamat": T("Alamat"),
    "pelapor_lahir": T("Lahir"),
    "pelapor_kelamin": T("Jenis kelamin"),
    "pelapor_pekerjaan": T("Pekerjaan"),
    "pelapor_warga": T("Kewarganegaraan"),
    "pelapor_email": T("E-mail"),
}


def identity(ticket: str, answers: Mapping[str, Any]) -> Send:
    """What the reporter wrote of themselves; what was passed over is not there."""
    found = ((label, answers.get(key, "-")) for key, label in WRITTEN.items())
    rows = tuple(T("• {label}: {shown}", label=label, shown=shown) for label, shown in found if shown != "-")
    head = T("{ticket}: identitas warga yang menyampaikan. Pembukaan ini dicatat; jangan disebarkan.", ticket=ticket)
    return Send((head, *(rows or (T("Tidak ada yang ditulisnya tentang dirinya."),))), protect=True)
