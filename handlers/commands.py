"""The one table of commands: who may type what, what it needs, and who obeys. Help and menus are drawn from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from handlers import citizen, desk, office, people, rights, searching, seconds, steps
from handlers.codes import leading_ticket
from handlers.effects import Effect, LoadCase, Send, T
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import MOVES, STEPS
from handlers.questions import LONGEST
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.state import State, Talk
from handlers.triage import DECIDE, DESK, LEAD, ROLES, covers

if TYPE_CHECKING:
    from handlers.events import CaseLoaded
    from handlers.view import CaseView

Run = Callable[[State, str, Here], Reply]
OnCase = Callable[["CaseView", str, Here], tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Either `run` obeys it, or `on_case` does once the case is loaded."""

    name: str
    help: T
    run: Run | None = None
    on_case: OnCase | None = None
    roles: frozenset[str] = frozenset()  # empty: for everyone
    prompt: T | None = None  # asked when the words are missing; None when it needs none
    also: tuple[str, ...] = ()
    menu: bool = True


def _help(state: State, words: str, here: Here) -> Reply:
    del words
    role = here.turn.staff.role if here.turn.staff else ""
    rows = tuple(
        T("/{name}: {help}", name=c.name, help=c.help)
        for c in COMMANDS
        if c.menu and ((not c.roles and not role) or role in c.roles or c.name in EVERYWHERE)
    )
    intro = T("Ini yang dapat Anda ketik kapan saja:")
    privacy = T("Yang dikirim lewat sini adalah informasi awal, belum Laporan resmi.")
    return say(state, (intro, *rows, "", privacy), again=state.talk is not None)


EVERYWHERE = frozenset({"bantuan", "bahasa"})
COMMANDS = (
    Command("lapor", T("sampaikan yang Anda lihat"), citizen.report),
    Command("start", T("mulai"), citizen.start, menu=False),
    Command("kembali", T("ulangi pertanyaan sebelumnya"), citizen.back),
    Command("ubah", T("ubah satu jawaban"), citizen.change),
    Command("batal", T("batalkan; dapat diurungkan 10 menit"), citizen.cancel, also=("stop", "berhenti")),
    Command("urung", T("urungkan pembatalan"), citizen.undo, menu=False),
    Command("tempat", T("benar atau bukan tempatnya"), citizen.place, menu=False),
    Command("lanjut", T("lanjutkan yang terakhir"), citizen.resume, menu=False),
    Command("status", T("lihat kabar informasi Anda"), citizen.status),
    Command("jawab", T("jawab pertanyaan petugas"), citizen.answer),
    Command("data", T("lihat yang kami simpan tentang Anda"), rights.held),
    Command("koreksi", T("minta data dibetulkan"), rights.correct),
    Command("hapus", T("minta data dihapus"), rights.erase),
    Command("antrean", T("lihat antrean kantor Anda"), desk.queue, roles=DESK),
    Command("cari", T("cari kasus: nama, instansi, kecamatan, nomor"), searching.search, roles=DESK),
    Command("kasus", T("buka kartu sebuah kasus"), on_case=desk.show, roles=DESK),
    Command("ambil", T("tangani sebuah kasus"), on_case=desk.take, roles=DESK),
    Command("lepas", T("lepaskan kasus yang Anda tangani"), on_case=desk.release, roles=DESK),
    Command(
        "catat",
        T("tulis catatan"),
        on_case=desk.note,
        roles=DESK,
        prompt=T("Tulis catatan Anda untuk {ticket}:"),
    ),
    Command(
        "tanya",
        T("tanyakan sesuatu kepada warga"),
        on_case=desk.inquire,
        roles=DESK,
        prompt=T("Tulis pertanyaan Anda kepada warga yang menyampaikan {ticket}; nama Anda tidak ikut dikirim:"),
    ),
    *(
        Command(
            move.action,
            move.label,
            on_case=partial(seconds.step, move.action),
            roles=DESK,
            prompt=move.ask,
            menu=False,
        )
        for move in STEPS
    ),
    Command("langkah", T("langkah berikutnya untuk sebuah kasus"), on_case=steps.ways, roles=DESK),
    Command("setuju", T("setujui usul sebagai orang kedua"), on_case=seconds.agree, roles=DECIDE),
    Command("bantah", T("tidak setuju, atau cabut usul sendiri"), on_case=seconds.deny, roles=DECIDE),
    Command("mundur", T("batalkan langkah terakhir Anda (10 menit)"), on_case=steps.undo, roles=DESK),
    Command(
        "kabari",
        T("beri tahu warga tanpa bertanya"),
        on_case=desk.inform,
        roles=DESK,
        prompt=T("Apa yang ingin Anda kabarkan kepada warga yang menyampaikan {ticket}? Nama Anda tidak ikut dikirim:"),
    ),
    Command(
        "alihkan",
        T("alihkan ke kantor lain"),
        on_case=desk.transfer,
        roles=DESK,
        prompt=T("Ke kantor mana {ticket} dialihkan, dan mengapa? Contoh: 33.11 tempatnya di sana"),
    ),
    Command(
        "tutup",
        T("tutup dengan alasan"),
        on_case=partial(seconds.step, "tutup"),
        roles=DESK,
        prompt=MOVES["tutup"].ask,
    ),
    Command("buka", T("buka lagi kasus yang ditutup"), on_case=desk.reopen, roles=DESK),
    Command("kontak", T("lihat kontak warga yang bersedia"), on_case=desk.contact, roles=DESK),
    Command("serahkan", T("serahkan kasus kepada petugas lain"), on_case=people.hand_over, roles=LEAD),
    Command("undang", T("undang petugas"), people.invite, roles=LEAD),
    Command("keluarkan", T("keluarkan petugas"), people.dismiss, roles=LEAD),
    Command("keluar", T("berhenti bertugas"), people.leave, roles=frozenset(ROLES)),
    Command("kantor", T("alamat, jam, petugas, grup kantor Anda"), office.office, roles=DESK),
    Command("bahasa", T("ganti bahasa"), citizen.language),
    Command("bantuan", T("bantuan"), _help, also=("help",)),
)
BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.also)}
LONGEST_REV = 10  # digits
BARE: frozenset[str] = frozenset({"batal", "kembali", "bantuan", "ubah", "status", "help"})


@dataclass(frozen=True, slots=True)
class Given:
    """A command as it was typed or pressed; `rev` is the card's, where a button carried one."""

    name: str
    words: str
    rev: int = -1


def parse(text: str) -> Given | None:
    """What was commanded, or None for other talk. "/AMBIL@jaga_bot JN-..." and a bare "batal" count."""
    text = text.strip()
    if text.casefold() in BARE:
        return Given(text.casefold(), "")
    if not text.startswith("/") or text.startswith("//"):
        return None
    first, _, rest = text[1:].partition(" ")
    rev = -1
    head, _, tail = rest.rpartition(" @")
    if head and tail.isdecimal() and len(tail) < LONGEST_REV:
        rest, rev = head, int(tail)
    return Given(first.partition("@")[0].casefold(), rest.strip(), rev)


def obey(state: State, given: Given, here: Here) -> Reply:
    """Carry a command out, or say kindly why not. Not permitted is said like not existing."""
    if len(given.words) > LONGEST:
        return say(state, T("Pesan itu terlalu panjang. Mohon diringkas sampai {most} huruf.", most=LONGEST))
    command = BY_NAME.get(given.name)
    role = here.turn.staff.role if here.turn.staff else ""
    if command is None or (command.roles and role not in command.roles):
        return say(
            state,
            T("Perintah itu tidak dikenal. Ketik /bantuan untuk melihat daftarnya."),
            again=state.talk is not None,
        )
    if not here.turn.private and not command.roles and command.name not in EVERYWHERE:
        return say(state, IN_PRIVATE)
    if command.run is not None:
        return command.run(state, given.words, here)
    return _about_case(state, command, given, here)


def _about_case(state: State, command: Command, given: Given, here: Here) -> Reply:
    ticket, rest = leading_ticket(given.words)
    if not ticket and here.turn.ticket:
        ticket, rest = here.turn.ticket, given.words
    if not ticket and given.words.upper().startswith("JN"):
        return say(state, T("Nomor tiket itu keliru; mohon diperiksa lagi huruf dan angkanya."))
    if not ticket:
        return say(
            state,
            T("Kasus yang mana? Tulis nomor tiketnya, misalnya: /{name} JN-XXXX-XXXX", name=command.name),
        )
    return Reply(state, (LoadCase(ticket, command.name, rest, given.rev),))


NOT_IN_GROUP = T("Kasus itu tidak ada di grup ini. Untuk kasus kantor lain, mohon kirim pesan langsung kepada bot.")


def on_case(state: State, event: CaseLoaded, here: Here) -> Reply:
    """The case came: obey the command that waited for it."""
    command = BY_NAME[event.command]
    case, words = event.case, event.words
    if not here.turn.private and not (case and covers(here.turn.group_office, case.office)):
        return say(state, NOT_IN_GROUP)  # who reads along is not that office's, and learns of no ticket whose it is
    if case is None or command.on_case is None:
        return say(state, T("Kasus itu tidak ada di antrean Anda."))
    if 0 <= event.rev != case.rev:
        return _stale(state, case, here)
    if command.name in MOVES and (why_not := steps.refused(command.name, case, here.officer)):
        return say(state, why_not)
    return _obeyed(state, command, case, words, here)


def _stale(state: State, case: CaseView, here: Here) -> Reply:
    last = case.history[-1] if case.history else {}
    text = T(
        "{ticket} sudah berubah sejak tombol itu tampil ({name}). Ini kartunya sekarang:",
        ticket=case.ticket,
        name=last.get("name") or "-",
    )
    return Reply(state, (*say(state, text).effects, *desk.show(case, "", here)))


def _obeyed(state: State, command: Command, case: CaseView, words: str, here: Here) -> Reply:
    assert command.on_case is not None, "asked by on_case"
    if command.prompt is not None and not words:
        return _prompted(state, command, case, here)
    try:
        return Reply(state, command.on_case(case, words, here))
    except Misread as misread:
        asked = _prompted(state, command, case, here)
        return replace(asked, effects=(Send(misread.hint), *asked.effects))


def _words_of(label: T | str) -> str:
    return label if isinstance(label, str) else label.msgid


def _prompted(state: State, command: Command, case: CaseView, here: Here) -> Reply:
    """What the command still needs is asked for; its buttons are those of this case, today."""
    offered = steps.offered(command.name, case, here) if command.name in MOVES else ()
    choices = [[_words_of(option.label), option.data] for option in offered]
    talk = Talk("perintah", {"command": command.name, "ticket": case.ticket, "choices": choices})
    return Reply(citizen.aside(state, talk, here), again=True)
