"""Texts for the usual cases, which the house brings along for every office. Data only.

They never say that a message is a Laporan, that somebody is guilty, or what comes of it, and promise nothing.
"""

from __future__ import annotations

from handlers.template import Template

TIP = frozenset({"baru", "ditangani", "ditelusuri"})
LOOKED_AT = frozenset({"ditangani", "ditelusuri"})
WITH_OTHERS = frozenset({"diteruskan", "diverifikasi", "di_ppk"})

HOUSE = (
    Template(
        "sudah dibaca",
        "kabari",
        LOOKED_AT,
        "Terima kasih. Keterangan Anda tentang {tiket} sudah dibaca petugas {kantor}. Ini informasi awal, belum "
        "Laporan resmi. Bila ada yang ingin ditambahkan, tulis saja di sini.",
    ),
    Template(
        "cara lapor resmi",
        "kabari",
        TIP,
        "Bila Anda ingin menyampaikan Laporan resmi, formulirnya ada di /formulir. Formulir yang sudah ditandatangani "
        "diserahkan di {kantor}, {alamat}. Jam kerja: {jam}.",
    ),
    Template(
        "batas laporan",
        "kabari",
        TIP,
        "Menurut hitungan kami, hari terakhir untuk menyampaikan Laporan resmi tentang {tiket} adalah {tenggat}. Yang "
        "memastikannya {kantor}. Bila hari itu terlewat, keterangan Anda tetap kami simpan sebagai informasi awal.",
    ),
    Template(
        "jaga diri",
        "kabari",
        LOOKED_AT,
        "Utamakan keselamatan Anda. Tidak perlu mendatangi atau merekam siapa pun untuk menambah keterangan tentang "
        "{tiket}; yang sudah Anda lihat sendiri cukup.",
    ),
    Template(
        "soal klarifikasi",
        "kabari",
        frozenset({"klarifikasi"}),
        "{tiket} sedang dalam tahap klarifikasi. Undangan klarifikasi disampaikan tersendiri oleh {kantor}, {alamat}. "
        "Jam kerja: {jam}.",
    ),
    Template(
        "sudah diteruskan",
        "kabari",
        WITH_OTHERS,
        "{kantor} sudah meneruskan {tiket} kepada {penerima}. Keputusan selanjutnya ada pada instansi itu.",
    ),
    Template(
        "jam dan tempat",
        "tanya",
        TIP,
        "Jam berapa hal itu terjadi, dan di mana persisnya? Sebutkan nama gedung, jalan, atau dusunnya bila tahu.",
    ),
    Template(
        "lihat sendiri",
        "tanya",
        TIP,
        "Apakah Anda melihatnya sendiri, atau mendengarnya dari orang lain? Nama orang lain itu tidak perlu ditulis.",
    ),
    Template(
        "asal gambar",
        "tanya",
        TIP,
        "Gambar yang Anda kirim: Anda ambil sendiri, atau diterima dari orang lain? Kapan kira-kira diambil?",
    ),
    Template(
        "tautan unggahan",
        "tanya",
        TIP,
        "Apakah unggahannya masih dapat dibuka? Bila ya, mohon kirim tautannya.",
    ),
    Template(
        "tanda tangan",
        "kurang",
        frozenset({"kajian_awal"}),
        "tanda tangan pada formulir perlu sama dengan kartu identitas. Mohon ditandatangani lagi di {kantor}, "
        "{alamat}. Jam kerja: {jam}.",
    ),
    Template(
        "alamat terlapor",
        "kurang",
        frozenset({"kajian_awal"}),
        "alamat terlapor. Bila tidak tahu rumahnya, cukup desa, kelurahan, atau kantornya.",
    ),
)
