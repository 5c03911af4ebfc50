"""Draws docs/petugas.md, the officers' manual, from the table of commands (handlers/commands.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.talk.lifechart import NEEDS
from handlers.commands import BY_NAME, COMMANDS, EVERYWHERE
from handlers.helping import GROUPS, TICKET, example, in_order, other_examples, who
from handlers.life import STEPS
from handlers.triage import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.command import Command
    from handlers.life import Move

PAGE = Path(__file__).parents[2] / "docs" / "petugas.md"
EVERYONE = "semua"
BEGINNING = f"""# Petunjuk petugas

Untuk petugas Bawaslu yang menerima dan menangani kiriman warga lewat JagaNetral, di Telegram atau di halaman petugas.

## Dari undangan sampai kartu pertama

1. Koordinator kantor Anda mengirim undangan: tautan sekali pakai, berlaku sampai waktu yang tertulis padanya. Yang satu
   membuka halaman petugas, yang lain membuka bot di Telegram; pakai salah satu. Jangan diteruskan kepada orang lain.
2. Di halaman, tulis nama Anda dan tekan **Masuk**. Di Telegram, tekan **Mulai**. Bot menjawab di kantor mana Anda
   bertugas dan sebagai apa.
3. Ketik `/antrean`. Kasus baru juga datang sendiri, sebagai kartu yang pendek: keadaannya, tenggat yang
   terdekat, apa yang disampaikan, dan langkah yang paling mungkin. **Selengkapnya** membentangkan semuanya di tempat
   itu juga, juga mengapa kasus itu sampai ke kantor Anda; **Langkah lain** menampilkan tombol lainnya.
4. Tekan **Ambil**. Sejak itu kasusnya di tangan Anda; warga diberi tahu bahwa kantor Anda menanganinya, tanpa nama
   Anda.
5. **Tanya warga** meneruskan pertanyaan Anda tanpa nama; jawabannya muncul di kartu. **Lengkapi**: ketuk yang kurang,
   warga ditanya tepat itu. **Catat** hanya dibaca petugas.
6. Tempatnya di wilayah lain: **Alihkan** menawarkannya kepada kantor itu, yang menjawab **Terima** atau **Kembalikan**;
   sampai dijawab, kasusnya tetap di kantor Anda. Tidak ditindaklanjuti: **Tutup** dengan alasannya; alasan yang menolak
   perlu orang kedua, yang menekan **Setujui**. Formulir bertanda tangan tiba, atau ditetapkan temuan: ikuti tombol
   langkahnya.
7. Lupa perintahnya: `/bantuan`. Yang tampil hanya yang boleh Anda lakukan.

## Yang perlu diketahui

- Yang dikirim lewat percakapan adalah informasi awal, belum Laporan resmi. Tenggat kajian dan penanganan baru berjalan
  sesudah petugas mencatat bahwa formulir tiba atau temuan ditetapkan.
- Siapa yang menyampaikan tidak pernah ada di kartu. Bila warga bersedia dihubungi, `/kontak` membukanya bagi yang
  menangani, di percakapan pribadi, dan dicatat dalam riwayat.
- Kartu menyebut kapan dan di mana sebuah foto diambil, bila berkasnya mencatatnya; `/berkas` menyebut kapan. Itu
  petunjuk, bukan bukti: siapa pun dapat mengubahnya. Foto lewat Telegram biasanya sudah tidak memuatnya, kecuali
  dikirim sebagai berkas.
- Semua tombol dapat diganti ketikan: yang di kartu dengan perintahnya (`/ambil JN-ZQ4C-CVSG`), yang lain dengan
  tulisannya selama pesannya yang terakhir. Nomor tiket saja membuka kartunya. Tombol pada kartu yang sudah berubah
  tidak melakukan apa-apa: bot menyebut siapa yang mengubah apa, lalu menampilkan kartunya yang sekarang. Setiap
  langkah dijawab satu baris dengan tombol **Batalkan** (10 menit) atau jalan kembalinya; `/mundur` mengerjakan yang
  sama.
- Keliru dan baru disadari kemudian? `/mundur`, atau tombol **Batalkan** yang lama, menawarkan **Batalkan berdua**: juga
  untuk langkah rekan, dengan alasan dan orang kedua, satu langkah demi satu langkah, selama kasusnya tidak berpindah
  sesudahnya. Warga dikabari. Yang sudah disetujui dua orang tidak dapat dibatalkan. Nomor, tanggal, atau penerima yang
  salah tercatat dibetulkan dengan `/ralat`, atau **Ralat** di bawah **Berkas dan lainnya**: oleh yang menangani atau
  koordinator, dengan orang kedua. Riwayat menyimpan keduanya; tenggat, register, dan berkas mengikuti.
- **Periksa** membuka daftar periksa tahap itu: ketuk yang sudah; tambah sendiri dengan
  `/periksa {TICKET} + minta notulen rapat`. Yang belum dicentang tidak menahan langkah apa pun, hanya disebut saat
  kasusnya maju.
- Teks yang sering dikirim ditulis sekali oleh koordinator: `/templat simpan`, lalu namanya. Isian seperti `{{tiket}}`
  atau `{{alamat}}` diisi sendiri menurut kasusnya. Templat tampil sebagai tombol di bawah pertanyaan `/tanya`,
  `/kabari`, `/kurang`, `/catat`; atau ketik tanda = dan namanya: `/kabari {TICKET} =sudah dibaca`. Yang tampil itulah
  yang terkirim.
- Pertanyaan Anda dapat dijawab warga dari perangkat lain dengan kode rahasianya. Jangan mengulang isi ceritanya dalam
  pertanyaan; riwayat mencatat bila jawabannya datang lewat kode itu.
- Satu kejadian disampaikan beberapa orang: kartu menyebut "Mungkin sama dengan …" dan sebabnya; tidak ada yang digabung
  sendiri. **Gabungkan** memindahkan penanganannya ke satu kasus; tiap penyampai tetap dikabari dengan nomor tiketnya
  sendiri dan tidak tahu siapa yang lain. `/pisah` mengembalikannya, **Bukan yang sama** menghapus sarannya. Usul yang
  menunggu orang kedua pada salah satunya dijawab dulu.
- Pandangan antrean: `/antrean saya`, `/antrean jalan`, `/antrean tempo`. Tentang satu kasus: `/kasus {TICKET} riwayat`,
  `lengkap`, atau `mengapa`.
- Antrean dapat disaring dengan kata-kata yang digabung: kecamatan (di provinsi: kabupaten), bentuk, status, `mendesak`,
  `lewat` (tenggatnya), `bebas` (belum dipegang), nama petugas atau `petugas 7`, dan `#label`. Contoh: `/antrean jalan
  Grogol mendesak`. `/antrean simpan pagi` menyimpan saringan yang terakhir tampil, `/antrean pagi` membukanya,
  `/antrean buang pagi` membuangnya.
- **Label** adalah kata kantor Anda sendiri pada sebuah kasus: `/label {TICKET} prioritas` memasang, sekali lagi
  melepas; `/label {TICKET}` menampilkan yang dipakai kantor Anda. Paling banyak lima pada satu kasus.
- **Massal**: `/massal ambil` untuk saringan yang terakhir tampil, atau `/massal baru Grogol: ambil`. Tindakannya:
  ambil, lepas, label KATA, catat KATA, alihkan KANTOR ALASAN, dan bagi koordinator serahkan NOMOR. Lebih dulu tampil
  kasus mana yang kena, mana yang dilewati dan sebabnya, paling banyak 50; baru **Ya** yang mengerjakannya. **Urungkan**
  berlaku 10 menit, bagi kasus yang sejak itu tidak diubah orang lain.
- Yang kurang menurut kajian awal: **Minta lengkapi**, lalu ketuk yang kurang; atau `/kurang {TICKET}` dan kata-kata
  Anda sendiri. Warga diberi tahu batasnya bila ada yang berjalan, dan dapat menjawab dari kabar itu juga.
- Nama petugas mula-mula diambil dari aplikasinya. Koordinator membetulkannya seperti pada surat tugas:
  `/kantor nama 2 Budi Santoso, S.H.` (nomornya ada di `/kantor`); riwayat dan berkas kasus ikut berganti.
- Jam yang ditulis dengan `/kantor jam` tercetak di formulir. Pengingat dan tenggat memakai jam kerja dari sistem, yang
  tampil bagi koordinator di `/kantor`.
- `/statistik` menghitung setiap informasi yang masuk; register `/ekspor` hanya temuan dan yang sudah diputus
  registrasinya, jadi angkanya lebih kecil.
- Pengingat, pada jam kerja kantor: pemegang kasus saat hari terakhir dibuka dan empat jam kerja sebelum ditutup; bila
  tidak ada yang bertindak, koordinator, lalu provinsi, lalu pusat. Antrean yang tidak disentuh empat jam kerja naik
  dengan cara yang sama, satu pesan untuk satu kantor. Begitu seorang petugas kantor itu yang melihat kasusnya
  bertindak, semuanya turun.
- Grup Telegram kantor dipasang koordinator dengan `/kantor grup` di dalam grup itu. Di grup bot membaca perintah,
  tombol, dan balasan kepadanya; di grup bertopik setiap kasus mendapat topiknya sendiri, dan bot menjawab di topik
  tempat Anda mengetik. Tombol sebuah pertanyaan hanya milik yang ditanya.
- Panwascam melihat kasus di kecamatannya sendiri dan yang diserahkan kepadanya; yang kecamatannya belum jelas dipegang
  kabupaten. Koordinator mengisinya saat mengundang (`/undang panwascam Grogol`), atau dengan
  `/kantor kecamatan 4 Grogol`.
- Siapa yang bergabung atas undangan koordinator langsung diberitahukan kepada petugas lain dan koordinator di atas.
  Selama 24 jam ia dan pengundangnya, juga dua orang dari pengundang yang sama, belum dihitung dua orang untuk satu
  usul; yang ditanya petugas lain atau kantor di atas. Undangan gugur bila pembuatnya bukan koordinator di sana lagi.
- Usul yang menunggu orang kedua tetap berlaku sesudah catatan, label, pertanyaan, atau kabar kepada warga. Ia gugur
  bila kasusnya melangkah, diserahkan, ditawarkan, atau warga menjawab atau menambah, dan bila ada usul lain sesudahnya:
  hanya satu yang dapat menunggu. Pengusulnya langsung diberi tahu, dan dapat menekan **Usulkan lagi**.
- Petugas yang terkait dengan terlapor atau instansinya dijauhkan oleh koordinator: `/benturan {TICKET} 2` untuk satu
  kasus, `/benturan 2 Dinas Pendidikan Sukoharjo` untuk semua kasus instansi itu. Melepasnya dengan kata lepas:
  `/benturan {TICKET} 2 lepas`, `/benturan 2 lepas Dinas Pendidikan Sukoharjo`; mengetik yang sama dua kali tidak
  melepas apa pun. Koordinator ditandai kantor di atasnya; siapa yang ia undang sesudah itu ikut dijauhkan, sampai
  dilepas koordinator lain atau kantor di atas. Kasus seperti itu tidak tampil lagi di grup; petugas lain
  membukanya di percakapan pribadi. Sesudah ia berhenti bertugas, kasusnya tampil lagi di grup: keluarkan juga ia dari
  grup itu. Yang sudah terbaca di grup tidak dapat ditarik. Bila di kantor itu tidak ada lagi petugas lain yang dapat
  menanganinya, juga karena yang terakhir berhenti, kasusnya naik ke kantor di atas.
"""


def drawn() -> str:
    """The page, whole: the beginning, written by hand, then the tables."""
    work = in_order(one for one in COMMANDS if one.menu and (one.roles or one.name in EVERYWHERE))
    groups = ((group.label.msgid, [one for one in work if one.name in group.names]) for group in GROUPS.values())
    return f"""{BEGINNING}
## Perintah

Halaman ini dibuat oleh `make docs` dari `handlers/commands.py`, `handlers/life.py` dan `bot/talk/manual.py`; jangan
disunting. Setiap perintah bekerja di percakapan pribadi dengan bot dan di halaman petugas; yang bertanda ya juga di
grup kantor. Nomor tiket boleh ditinggalkan bila perintahnya diketik sebagai balasan atas sebuah kartu, atau di dalam
topik kasusnya. `/bantuan` menampilkan kelompok yang sama, hanya dengan yang boleh Anda lakukan; `/bantuan kasus` satu
kelompok, `/bantuan ambil` satu perintah.

{_lines(_group(label, commands) for label, commands in groups)}
## Langkah sebuah kasus

Setiap langkah juga menjadi tombol di kartu pada waktunya; `/langkah {TICKET}` menyebut yang mungkin sekarang. Yang
diperlukan dan belum ditulis akan ditanyakan bot. Dasar hukum setiap langkah ada di [life.md](life.md).

| perintah | langkah | yang diketik sesudah nomor tiket | siapa | dua orang |
| --- | --- | --- | --- | --- |
{_lines(_step(move) for move in STEPS)}
"""


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows)


def _group(label: str, commands: Iterable[Command]) -> str:
    return f"""### {label}

| perintah | gunanya | contoh | siapa | di grup |
| --- | --- | --- | --- | --- |
{_lines(_row(one) for one in commands)}
"""


def _row(command: Command) -> str:
    where = "tidak" if command.private else "ya"
    told = f"{command.help.msgid}. {command.note.msgid}" if command.note else command.help.msgid
    typed = ", ".join(f"`{one}`" for one in (example(command), *other_examples(command)))
    return f"| `/{command.name}` | {told} | {typed} | {_who(command)} | {where} |"


def _step(move: Move) -> str:
    two = "ya" if move.two else ""
    typed = NEEDS[move.needs].partition(" (")[0]
    return f"| `/{move.action}` | {move.label.msgid} | {typed} | {_who(BY_NAME[move.action])} | {two} |"


def _who(command: Command) -> str:
    roles = who(command)
    return ", ".join(role for role in ROLES if role in roles) if frozenset() < roles < frozenset(ROLES) else EVERYONE


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
