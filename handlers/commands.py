"""The one table of commands: who may type what, what it needs, and who obeys. Help and menus are drawn from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers import (
    bulk,
    checking,
    citizen,
    completing,
    conflict,
    correcting,
    desk,
    documents,
    exporting,
    figures,
    form,
    helping,
    joins,
    labels,
    offers,
    office,
    people,
    queueing,
    rights,
    searching,
    seconds,
    steps,
    templates,
    undoing,
)
from handlers.command import Command
from handlers.effects import T
from handlers.life import MOVES, STEPS
from handlers.reply import Here, Reply, say
from handlers.triage import DECIDE, DESK, LEAD, ROLES

if TYPE_CHECKING:
    from handlers.state import State


def _help(state: State, words: str, here: Here) -> Reply:
    again = state.talk is not None
    if here.turn.staff:
        role = here.turn.staff.role
        able = [one for one in COMMANDS if one.name in EVERYWHERE or role in helping.who(one)]
        text, ways = helping.told(words, able, PRIVACY)
        return say(state, text, *ways, again=again)
    rows = tuple(helping.line(one) for one in listed(""))
    return say(state, (T("Ini yang dapat Anda ketik kapan saja:"), *rows, "", PRIVACY), again=again)


PRIVACY = T("Yang dikirim lewat sini adalah informasi awal, belum Laporan resmi.")
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
    Command("formulir", T("formulir Laporan untuk ditandatangani"), form.form),
    Command("jawab", T("jawab pertanyaan petugas"), citizen.answer),
    Command("data", T("lihat yang kami simpan tentang Anda"), rights.held),
    Command("koreksi", T("minta data dibetulkan"), rights.correct),
    Command("hapus", T("minta data dihapus"), rights.erase),
    Command("antrean", T("lihat antrean kantor Anda"), queueing.queue, roles=DESK, example="jalan mendesak"),
    Command(
        "massal",
        T("satu tindakan untuk banyak kasus"),
        bulk.bulk,
        roles=DESK,
        example="baru mendesak: ambil",
        others=("lepas", "Grogol: label prioritas", "catat sudah rapat", "saya: alihkan 33.09 tempat kejadian di sana"),
        note=T(
            "Tindakannya: ambil, lepas, label KATA, catat KATA, alihkan KANTOR ALASAN, dan bagi koordinator serahkan "
            "NOMOR. Tanpa saringan dan titik dua: saringan antrean yang terakhir tampil."
        ),
    ),
    Command(
        "cari",
        T("cari kasus: terlapor, instansi, kecamatan, nomor"),
        searching.search,
        roles=DESK,
        example="Camat Grogol",
        note=T("Isi cerita tidak dicari."),
    ),
    Command(
        "statistik",
        T("angka kantor Anda dan kantor di bawahnya"),
        figures.figures,
        roles=frozenset(ROLES),
        example="bulan",
    ),
    Command(
        "ekspor",
        T("register sebagai CSV atau XLSX; dua orang"),
        exporting.export,
        roles=DECIDE,
        example="xlsx 2024-10",
    ),
    Command("kasus", T("buka kartu sebuah kasus"), on_case=desk.show, roles=DESK),
    Command("ambil", T("tangani sebuah kasus"), on_case=desk.take, roles=DESK),
    Command("lepas", T("lepaskan kasus yang Anda tangani"), on_case=desk.release, roles=DESK),
    Command(
        "catat",
        T("tulis catatan"),
        on_case=desk.note,
        roles=DESK,
        example="sudah dicek ke lokasi",
        prompt=T("Tulis catatan Anda untuk {ticket}:"),
    ),
    Command(
        "label",
        T("pasang atau lepas label"),
        on_case=labels.label,
        roles=DESK,
        example="prioritas",
        prompt=labels.WORD,
        needs=lambda _case, _here: False,  # the labels in use are shown instead, where there are any
    ),
    Command(
        "tanya",
        T("tanyakan sesuatu kepada warga"),
        on_case=desk.inquire,
        roles=DESK,
        example="Jam berapa acaranya dimulai?",
        prompt=T("Tulis pertanyaan Anda kepada warga yang menyampaikan {ticket}; nama Anda tidak ikut dikirim:"),
    ),
    Command("lengkapi", T("minta warga melengkapi"), on_case=completing.complete, roles=DESK),
    *(
        Command(
            move.action,
            move.label,
            on_case=partial(seconds.step, move.action),
            roles=DESK,
            prompt=move.ask,
            menu=False,
            ways=partial(steps.offered, move.action),
        )
        for move in STEPS
    ),
    Command("periksa", T("daftar periksa tahap ini"), on_case=checking.check, roles=DESK, example="hubungi pelapor"),
    Command("langkah", T("langkah berikutnya untuk sebuah kasus"), on_case=steps.ways, roles=DESK),
    Command("setuju", T("setujui usul sebagai orang kedua"), on_case=seconds.agree, roles=DECIDE),
    Command(
        "bantah",
        T("tidak setuju, atau cabut usul sendiri"),
        on_case=seconds.deny,
        roles=DESK,
        example="nomornya tidak sama dengan register",
        prompt=seconds.WHY,
        needs=seconds.wants_reason,
    ),
    Command(
        "mundur",
        T("batalkan langkah terakhir; sesudah 10 menit berdua"),
        on_case=undoing.undo,
        roles=DESK,
        prompt=undoing.WHY,
        needs=lambda _case, _here: False,  # asked only where two are needed
        also=("batalkan",),
        note=T(
            "Sendiri: langkah Anda, dalam 10 menit. Berdua: juga langkah rekan, kapan pun, dengan alasan, selama "
            "kasusnya tidak berpindah sesudahnya. Yang disetujui dua orang tidak dapat dibatalkan. Warga dikabari."
        ),
    ),
    Command(
        "ralat",
        T("betulkan nomor, tanggal, atau penerima; dua orang"),
        on_case=correcting.correct,
        roles=DECIDE,
        example="pleno 021/PLENO/X/2024, 14 Oktober 2024",
        prompt=correcting.WHICH,
        needs=correcting.asks,
        ways=correcting.ways,
        note=T("Diusulkan yang menangani atau koordinator. Riwayat menyimpan keduanya; jam dan berkas mengikuti."),
    ),
    Command(
        "kabari",
        T("beri tahu warga tanpa bertanya"),
        on_case=desk.inform,
        roles=DESK,
        example="keterangan Anda sedang kami telusuri",
        prompt=T("Apa yang ingin Anda kabarkan kepada warga yang menyampaikan {ticket}? Nama Anda tidak ikut dikirim:"),
    ),
    Command(
        "alihkan",
        T("alihkan ke kantor lain"),
        on_case=offers.transfer,
        roles=DESK,
        example="33.09 tempat kejadiannya di sana",
        prompt=offers.WHERE,
    ),
    Command("tarik", T("tarik kembali kasus yang Anda tawarkan"), on_case=offers.withdraw, roles=DESK),
    Command("terima", T("terima kasus yang ditawarkan kantor lain"), on_case=offers.accept, roles=DESK),
    Command(
        "kembalikan",
        T("kembalikan kasus yang ditawarkan"),
        on_case=offers.decline,
        roles=DESK,
        prompt=T("Mengapa {ticket} tidak diterima? Kantor yang menawarkan akan membacanya."),
        example="rapatnya di Grogol, bukan di sini",
    ),
    Command(
        "tutup",
        T("tutup dengan alasan"),
        on_case=partial(seconds.step, "tutup"),
        roles=DESK,
        example="selesai ditelusuri",
        prompt=MOVES["tutup"].ask,
        ways=partial(steps.offered, "tutup"),
    ),
    Command("buka", T("buka lagi kasus yang ditutup"), on_case=desk.reopen, roles=DESK),
    Command(
        "gabung",
        T("gabungkan ke kasus lain tentang kejadian yang sama"),
        on_case=joins.join,
        roles=DESK,
        example=joins.EXAMPLE,
        prompt=T("{ticket} digabungkan ke kasus mana? Tulis nomor tiketnya:"),
    ),
    Command("pisah", T("pisahkan lagi kasus yang digabung"), on_case=joins.part, roles=DESK),
    Command(
        "beda",
        T("catat bahwa dua kasus bukan kejadian yang sama"),
        on_case=joins.unlike,
        roles=DESK,
        example=joins.EXAMPLE,
        prompt=T("{ticket} bukan kejadian yang sama dengan kasus mana? Tulis nomor tiketnya:"),
    ),
    Command("berkas", T("berkas kasus sebagai PDF"), on_case=documents.casefile, roles=DESK),
    Command("naskah", T("naskah surat rekomendasi"), on_case=documents.letter, roles=DECIDE),
    Command("bukti", T("salinan bukti asli, dengan orang kedua"), on_case=documents.copies, roles=DECIDE),
    Command(
        "identitas",
        T("buka identitas warga, dengan orang kedua"),
        on_case=documents.unseal,
        roles=DECIDE,
        prompt=T("Mengapa identitas warga yang menyampaikan {ticket} perlu dibuka? Alasan Anda dicatat:"),
        example="undangan klarifikasi",
    ),
    Command("kontak", T("lihat kontak warga yang bersedia"), on_case=desk.contact, roles=DESK),
    Command("serahkan", T("serahkan kasus kepada petugas lain"), on_case=people.hand_over, roles=LEAD, example="2"),
    Command(
        "benturan",
        T("jauhkan petugas yang punya benturan kepentingan"),
        conflict.by_agency,
        on_case=conflict.on_case,
        roles=LEAD,
        private=True,
        example="2",
        others=("{ticket} 2 lepas", "2 Dinas Pendidikan Sukoharjo", "2 lepas Dinas Pendidikan Sukoharjo"),
        note=T("2 ialah nomor petugas; /kantor menyebutnya. Dengan nama instansi: semua kasus instansi itu."),
    ),
    Command("undang", T("undang petugas"), people.invite, roles=LEAD, private=True, example="petugas"),
    Command("keluarkan", T("keluarkan petugas"), people.dismiss, roles=LEAD, private=True, example="2"),
    Command("keluar", T("berhenti bertugas"), people.leave, roles=frozenset(ROLES), private=True),
    Command(
        "kantor",
        T("alamat, jam, petugas, grup kantor Anda"),
        office.office,
        roles=DESK,
        example="jam Senin-Jumat 08.00-16.00",
    ),
    Command("templat", T("teks yang sering Anda kirim"), templates.templates, roles=DESK, example="sudah dibaca"),
    Command("bahasa", T("ganti bahasa"), citizen.language),
    Command("bantuan", T("bantuan"), _help, also=("help",)),
)


def listed(role: str) -> tuple[Command, ...]:
    """What help and menus name to an officer of a role; to citizens for ""."""
    mine = (c for c in COMMANDS if c.menu and ((not c.roles and not role) or role in c.roles or c.name in EVERYWHERE))
    return helping.in_order(mine) if role else tuple(mine)


BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.also)}
# /formulir is a step of a case to an officer, and their own form to a citizen: the officers' row comes later, and wins.
PLAIN = {name: command for command in COMMANDS if not command.roles for name in (command.name, *command.also)}
