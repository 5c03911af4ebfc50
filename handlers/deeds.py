"""What two people may do together that is no move of the table: the case stays where it is on its road."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.attached import Paper
from handlers.effects import Effect, MoveCase, Send, T, To

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.reply import Here
    from handlers.view import CaseView

LIFE = timedelta(hours=24)  # how long a copy that was agreed to may be fetched


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a case by two people: what it is called, and how it is done once the second has agreed."""

    label: T
    done: Callable[[CaseView, Mapping[str, Any], Here], tuple[Effect, ...]]


def _copied(case: CaseView, wish: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """The sealed originals go to who proposed it, as they were then; the history keeps both names."""
    until = (here.turn.at + LIFE).isoformat()
    given = {"berkas": " ".join(wish["facts"]["berkas"]), "sampai": until}
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
        Send(told, paper=paper, to=To("staff", str(wish["by"]))),
    )


DEEDS = {"salinan": Deed(T("Salinan bukti asli"), _copied)}
