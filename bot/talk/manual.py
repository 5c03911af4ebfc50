"""Draws docs/petugas.md, the officers' manual, from the table of commands (handlers/commands.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.talk.lifechart import NEEDS
from handlers.commands import COMMANDS, EVERYWHERE
from handlers.life import STEPS
from handlers.triage import DECIDE, DECIDED, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.commands import Command
    from handlers.life import Move

PAGE = Path(__file__).parents[2] / "docs" / "petugas.md"
TICKET = "JN-ZQ4C-CVSG"
EVERYONE = "semua"
BEGINNING = f"""# Petunjuk petugas

Untuk petugas Bawaslu yang menerima dan menangani kiriman warga lewat JagaNetral, di Telegram atau di halaman petugas.

## Dari undangan sampai kartu pertama

1. Koordinator kantor Anda mengirim undangan: tautan sekali pakai, berlaku sampai waktu yang tertulis padanya. Yang satu
   membuka halaman petugas, yang lain membuka bot di Telegram; pakai salah satu. Jangan diteruskan kepada orang lain.
2. Di halaman, tulis nama Anda dan tekan **Masuk**. Di Telegram, tekan **Mulai**. Bot menjawab di kantor mana Anda
   bertugas dan sebagai apa.
3. Ketik `/antrean`. Kasus baru juga datang sendiri, sebagai kartu: apa yang disampaikan, buktinya, apa yang masih
   kurang, tenggat yang terdekat, dan mengapa kasus itu sampai ke kantor Anda.
4. Tekan **Ambil**. Sejak itu kasusnya di tangan Anda; warga diberi tahu bahwa kantor Anda menanganinya, tanpa nama
   Anda.
5. **Tanya warga** meneruskan pertanyaan Anda tanpa nama; jawabannya muncul di kartu. **Lengkapi**: ketuk yang kurang,
   warga ditanya tepat itu. **Catat** hanya dibaca petugas.
6. Tempatnya di wilayah lain: **Alihkan** menawarkannya kepada kantor itu, yang menjawab **Terima** atau **Kembalikan**;
   sampai dijawab, kasusnya tetap di kantor Anda. Tidak ditindaklanjuti: **Tutup** dengan alasannya; alasan yang menolak
   perlu orang kedua, yang menekan **Setujui**. Formulir bertanda tangan tiba, atau ditetapkan temuan: ikuti tombol
   langkahnya.

## Yang perlu diketahui

- Yang dikirim lewat percakapan adalah informasi awal, belum Laporan resmi. Tenggat kajian dan penanganan baru berjalan
  sesudah petugas mencatat bahwa formulir tiba atau temuan ditetapkan.
- Siapa yang menyampaikan tidak pernah ada di kartu. Bila warga bersedia dihubungi, `/kontak` membukanya bagi yang
  menangani, di percakapan pribadi, dan dicatat dalam riwayat.
- Semua tombol dapat diganti ketikan. Tombol pada kartu yang sudah berubah tidak melakukan apa-apa: bot menyebut siapa
  yang mengubah apa, lalu menampilkan kartunya yang sekarang. Salah langkah: `/mundur` dalam 10 menit.
- Pandangan antrean: `/antrean saya`, `/antrean jalan`, `/antrean tempo`. Tentang satu kasus: `/kasus {TICKET} riwayat`,
  `lengkap`, atau `mengapa`.
- Grup Telegram kantor dipasang koordinator dengan `/kantor grup` di dalam grup itu. Di grup bot membaca perintah,
  tombol, dan balasan kepadanya; di grup bertopik setiap kasus mendapat topiknya sendiri. Tombol sebuah pertanyaan
  hanya milik yang ditanya.
"""


def drawn() -> str:
    """The page, whole: the beginning, written by hand, then the tables."""
    work = [one for one in COMMANDS if one.menu and (one.roles or one.name in EVERYWHERE)]
    return f"""{BEGINNING}
## Perintah

Halaman ini dibuat oleh `make docs` dari `handlers/commands.py`, `handlers/life.py` dan `bot/talk/manual.py`; jangan
disunting. Setiap perintah bekerja di percakapan pribadi dengan bot dan di halaman petugas; yang bertanda ya juga di
grup kantor. Nomor tiket boleh ditinggalkan bila perintahnya diketik sebagai balasan atas sebuah kartu, atau di dalam
topik kasusnya.

| perintah | gunanya | contoh | siapa | di grup |
| --- | --- | --- | --- | --- |
{_lines(_row(one) for one in work)}

## Langkah sebuah kasus

Setiap langkah juga menjadi tombol di kartu pada waktunya; `/langkah {TICKET}` menyebut yang mungkin sekarang. Yang
diperlukan dan belum ditulis akan ditanyakan bot. Dasar hukum setiap langkah ada di [life.md](life.md).

| perintah | langkah | yang diketik sesudah nomor tiket | siapa | dua orang |
| --- | --- | --- | --- | --- |
{_lines(_step(move) for move in STEPS)}
"""


def example(command: Command, ticket: str = TICKET) -> str:
    """The command as it may be typed."""
    case = ticket if command.on_case else ""
    return " ".join(filter(None, (f"/{command.name}", case, command.example)))


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows)


def _row(command: Command) -> str:
    where = "tidak" if command.private else "ya"
    who = _who(command.roles) if command.roles else EVERYONE
    return f"| `/{command.name}` | {command.help.msgid} | `{example(command)}` | {who} | {where} |"


def _step(move: Move) -> str:
    who = _who(DECIDE) if move.action in DECIDED else _who(frozenset(ROLES) - {"auditor"})
    two = "ya" if move.two else ""
    typed = NEEDS[move.needs].partition(" (")[0]
    return f"| `/{move.action}` | {move.label.msgid} | {typed} | {who} | {two} |"


def _who(roles: frozenset[str]) -> str:
    return EVERYONE if roles == frozenset(ROLES) else ", ".join(role for role in ROLES if role in roles)


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
