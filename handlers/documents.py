"""What officers take out of a case on command: file and letter; by two people the evidence, and who the reporter is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.attached import Paper
from handlers.effects import HERE, Effect, Send, T, To
from handlers.handing_out import NoteDeed
from handlers.seconds import propose

if TYPE_CHECKING:
    from handlers.reply import Here
    from handlers.view import CaseView


SIGNED = frozenset({"rahasia", "kontak"})  # the identities whose reporter wrote who they are


def casefile(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/berkas: all that is known of the case as one PDF; who took it stands in the history."""
    del words
    text = T("Berkas kasus {ticket}. Hanya untuk petugas; jangan disebarkan.", ticket=case.ticket)
    return _handed(case, text, "berkas", here)


def letter(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/naskah: the draft of the recommendation's letter, once one was decided."""
    del words
    if "rekomendasi" not in case.facts:
        return (Send(T("Naskahnya dapat dibuat sesudah rekomendasi {ticket} dicatat.", ticket=case.ticket)),)
    text = T("Naskah rekomendasi {ticket}; masih naskah, dan yang disebut masih dugaan.", ticket=case.ticket)
    return _handed(case, text, "naskah", here)


def _handed(case: CaseView, text: T, kind: str, here: Here) -> tuple[Effect, ...]:
    """To the officer's own chat only: a group may have readers that are no officers."""
    alone = here.turn.private
    to = HERE if alone else To("staff", str(here.officer.id))
    sent = Send(text, paper=Paper(kind, f"{kind}-{case.ticket}.pdf", case.ticket), to=to)
    note = () if alone else (Send(T("Dokumennya dikirim ke percakapan pribadi Anda.")),)
    return (NoteDeed(case.ticket, kind), sent, *note)


def copies(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/bukti: the originals as they came, for who asks; another person must agree to it."""
    del words
    if not case.files:
        return (Send(T("Tidak ada berkas bukti tersimpan pada {ticket}.", ticket=case.ticket)),)
    count = f"{len(case.files)} berkas"
    return propose(case, "salinan", {"facts": {"berkas": list(case.files)}, "note": count, "reason": ""}, here)


def unseal(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/identitas ALASAN: what the reporter wrote of themselves, for who holds the case; another person must agree."""
    if case.holder != here.officer.id:
        text = T("Hanya petugas yang menangani {ticket} yang dapat meminta identitasnya dibuka.", ticket=case.ticket)
        return (Send(text),)
    if case.answers.get("identity") not in SIGNED:
        text = T("Warga yang menyampaikan {ticket} tidak menulis siapa dirinya. Pakai /tanya.", ticket=case.ticket)
        return (Send(text),)
    return propose(case, "identitas", {"facts": {}, "note": words, "reason": ""}, here)
