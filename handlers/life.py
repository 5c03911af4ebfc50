"""The life of a case after it was sent: its states and the moves between them, each with what it rests on. Data only.

Two roads lead to the study of a case: a tip that is traced and becomes a temuan, and the citizen's own signed form.
Neither begins by a chat message: an officer records that the form arrived, or that a temuan was set.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.effects import T

BARU, DITANGANI, DITUTUP, SELESAI = "baru", "ditangani", "ditutup", "selesai"
DIGABUNG = "digabung"
DITELUSURI, TEMUAN = "ditelusuri", "temuan"
KAJIAN_AWAL, DILENGKAPI = "kajian_awal", "dilengkapi"
DIREGISTRASI, TIDAK_DIREGISTRASI = "diregistrasi", "tidak_registrasi"
KLARIFIKASI, KAJIAN, PLENO = "klarifikasi", "kajian", "pleno"
BUKAN, REKOMENDASI = "bukan_pelanggaran", "rekomendasi"
DITERUSKAN, DIVERIFIKASI, DI_PPK = "diteruskan", "diverifikasi", "di_ppk"
DIHUKUM, TIDAK_TERBUKTI, DITOLAK = "dihukum", "tidak_terbukti", "ditolak"
DIHENTIKAN = "dihentikan"

STATUSES = {
    BARU: T("baru"),
    DITANGANI: T("ditangani"),
    DITELUSURI: T("ditelusuri"),
    TEMUAN: T("temuan"),
    KAJIAN_AWAL: T("kajian awal"),
    DILENGKAPI: T("menunggu kelengkapan"),
    DIREGISTRASI: T("diregistrasi"),
    TIDAK_DIREGISTRASI: T("tidak diregistrasi"),
    KLARIFIKASI: T("klarifikasi"),
    KAJIAN: T("kajian"),
    PLENO: T("pleno"),
    BUKAN: T("bukan pelanggaran"),
    DIHENTIKAN: T("penanganan dihentikan"),
    REKOMENDASI: T("rekomendasi"),
    DITERUSKAN: T("diteruskan"),
    DIVERIFIKASI: T("diverifikasi"),
    DI_PPK: T("di PPK"),
    DIHUKUM: T("hukuman dijatuhkan"),
    TIDAK_TERBUKTI: T("tidak terbukti"),
    DITOLAK: T("ditolak penerima"),
    SELESAI: T("selesai"),
    DITUTUP: T("ditutup"),
    DIGABUNG: T("digabung"),
}
OVER = frozenset({SELESAI, DITUTUP, TIDAK_DIREGISTRASI, DIHENTIKAN})  # here it is asked what came of it, and why
REASONED = frozenset({"tutup", "tolak", "hentikan"})  # moves with the code of a reason that the citizen is told
ENDED = frozenset({SELESAI, DITUTUP, DIGABUNG})  # nothing is to be done with it; what is joined goes on elsewhere
PROLONG = "perpanjang"  # the move after which the handling's clock runs on (law/deadlines.toml)
TIP = frozenset({BARU, DITANGANI, DITELUSURI})  # only a tip so far: it can be passed on and stopped with one hand


@dataclass(frozen=True, slots=True)
class Move:
    """A permitted move: from which states, to which ("": it stays where it is), and what it rests on.

    `needs` is what is typed for it: nomor and tanggal (of a letter or a register), tanggal alone, tenggat (a tanggal
    while the clock ran), alasan (of the list `reasons`), penerima (law/recipients.toml), kata (words). `two`: a second
    person confirms the same words.
    """

    action: str
    label: T
    sources: frozenset[str]
    target: str
    origin: T
    needs: str = ""
    ask: T | None = None
    two: bool = False

    def lands(self, status: str) -> str:
        """The state after it, of a case that was in this one."""
        return self.target or status


def _move(action: str, label: T, sources: str, target: str, origin: T, **more: object) -> Move:
    return Move(action, label, frozenset(sources.split()), target, origin, **more)  # type: ignore[arg-type]


BOTH = T("UU 1/2015 pasal 134 dan UU 7/2017 pasal 454")
NUMBER = T(
    "Tulis nomor dan tanggalnya, dipisah koma. Contoh: {example}, 14 Oktober 2024. Tanpa tanggal berarti hari ini."
)


def _numbered(what: T, example: str) -> T:
    return T("{what} {how}", what=what, how=T(NUMBER.msgid, example=example))


ROAD = (
    _move("ambil", T("Ambil"), "baru", DITANGANI, T("penelusuran informasi awal: Perbawaslu 5/2022, Form A")),
    _move("lepas", T("Lepas"), "ditangani", BARU, T("urung ambil; tidak berakibat hukum")),
    _move(
        "telusuri",
        T("Mulai telusuri"),
        "ditangani",
        DITELUSURI,
        T("penelusuran informasi awal dengan Form A: Perbawaslu 5/2022"),
    ),
    _move(
        "formulir",
        T("Formulir tiba"),
        "ditangani ditelusuri",
        KAJIAN_AWAL,
        T("penyampaian Laporan dengan formulir bertanda tangan: {law}; Perbawaslu 9/2024", law=BOTH),
        needs="tanggal",
        ask=T("Kapan formulir yang ditandatangani diterima kantor? Contoh: hari ini, atau 14 Oktober 2024."),
    ),
    _move(
        "temuan",
        T("Tetapkan temuan"),
        "ditelusuri",
        TEMUAN,
        T("UU 7/2017 pasal 454 ayat (5); Perbawaslu 8/2020"),
        needs="nomor",
        ask=_numbered(T("Nomor temuan menurut register kantor Anda?"), "012/TM/PB/X/2024"),
    ),
    _move(
        "kurang",
        T("Minta lengkapi"),
        "kajian_awal",
        DILENGKAPI,
        T("pemberitahuan kelengkapan, 2 hari: Perbawaslu 8/2020 dan 7/2022 pasal 15"),
        needs="kata",
        ask=T("Apa yang masih kurang menurut kajian awal? Ini dikirim kepada warga yang menyampaikan {ticket}."),
    ),
    _move(
        "lengkap",
        T("Sudah lengkap"),
        "dilengkapi",
        KAJIAN_AWAL,
        T("kelengkapan diterima: Perbawaslu 8/2020 dan 7/2022 pasal 15"),
        needs="tanggal",
        ask=T("Kapan kelengkapannya diterima kantor? Contoh: hari ini, atau 14 Oktober 2024."),
    ),
    _move(
        "registrasi",
        T("Registrasi"),
        "kajian_awal",
        DIREGISTRASI,
        T("dicatat dalam buku registrasi: Perbawaslu 8/2020; Perbawaslu 7/2022"),
        needs="nomor",
        ask=_numbered(T("Nomor registrasi resmi menurut buku registrasi?"), "001/Reg/LP/PB/X/2024"),
        two=True,
    ),
    _move(
        "tolak",
        T("Tidak diregistrasi"),
        "kajian_awal dilengkapi",
        TIDAK_DIREGISTRASI,
        T("pemberitahuan status laporan: Perbawaslu 8/2020 pasal 9; Perbawaslu 7/2022 pasal 15"),
        needs="alasan",
        ask=T("Mengapa {ticket} tidak diregistrasi?"),
        two=True,
    ),
    _move(
        "klarifikasi", T("Klarifikasi"), "temuan diregistrasi", KLARIFIKASI, T("undangan klarifikasi: {law}", law=BOTH)
    ),
    _move(
        "kajian",
        T("Kajian"),
        "temuan diregistrasi klarifikasi",
        KAJIAN,
        T("kajian dugaan pelanggaran: {law}", law=BOTH),
    ),
    _move(
        "pleno",
        T("Pleno"),
        "kajian",
        PLENO,
        T("keputusan rapat pleno: Perbawaslu 8/2020; Perbawaslu 7/2022"),
        needs="nomor",
        ask=_numbered(T("Nomor berita acara pleno?"), "021/PLENO/X/2024"),
    ),
    _move(
        "bukan",
        T("Bukan pelanggaran"),
        "pleno",
        BUKAN,
        T("keputusan rapat pleno: Perbawaslu 8/2020; Perbawaslu 7/2022"),
    ),
    _move(
        "rekomendasi",
        T("Rekomendasi"),
        "pleno",
        REKOMENDASI,
        T("dugaan pelanggaran hukum lainnya: UU 7/2017 pasal 455; Perbawaslu 8/2020"),
        needs="nomor",
        ask=_numbered(T("Nomor surat rekomendasi?"), "145/PM.00.02/K.JT-27/10/2024"),
    ),
    _move(
        "teruskan",
        T("Teruskan"),
        "rekomendasi diteruskan",
        DITERUSKAN,
        T("penerusan kepada instansi yang berwenang, menurut jabatan terlapor dan harinya"),
        needs="penerima",
        ask=T("Rekomendasi {ticket} diteruskan kepada siapa? Pilih penerimanya, atau ketik namanya dan tanggalnya."),
    ),
    _move("verifikasi", T("Diverifikasi"), "diteruskan", DIVERIFIKASI, T("SBT BKN, Oktober 2024; SKB Netralitas 2022")),
    _move("ppk", T("Sampai di PPK"), "diteruskan diverifikasi", DI_PPK, T("PP 94/2021; SKB Netralitas 2022")),
    _move(
        "hukuman",
        T("Hukuman dijatuhkan"),
        "diteruskan diverifikasi di_ppk",
        DIHUKUM,
        T("keputusan pejabat yang berwenang menghukum: PP 94/2021"),
        needs="nomor",
        ask=_numbered(T("Nomor surat keputusannya?"), "800/1234/2024"),
    ),
    _move(
        "nihil",
        T("Tidak terbukti"),
        "diteruskan diverifikasi di_ppk",
        TIDAK_TERBUKTI,
        T("keputusan instansi penerima: PP 94/2021"),
        needs="nomor",
        ask=_numbered(T("Nomor surat keputusannya?"), "800/1234/2024"),
    ),
    _move(
        "ditolak",
        T("Ditolak penerima"),
        "diteruskan diverifikasi di_ppk",
        DITOLAK,
        T("jawaban instansi penerima"),
        needs="kata",
        ask=T("Mengapa penerima menolak {ticket}? Tulis nomor suratnya bila ada; ini hanya dibaca petugas."),
    ),
    _move(
        PROLONG,
        T("Tambah waktu"),
        "temuan diregistrasi klarifikasi kajian",
        "",
        T("keterangan tambahan masih diperlukan: {law}", law=BOTH),
        needs="tenggat",
        ask=T("Kapan waktu penanganan {ticket} diputuskan ditambah? Contoh: hari ini, atau 14 Oktober 2024."),
    ),
    _move(
        "hentikan",
        T("Hentikan"),
        "temuan diregistrasi klarifikasi kajian pleno",
        DIHENTIKAN,
        T("dasar pasalnya belum kami temukan; ikuti petunjuk Bawaslu"),
        needs="alasan",
        ask=T("Mengapa penanganan {ticket} dihentikan? Laporan yang dicabut pelapornya tetap ditangani."),
        two=True,
    ),
    _move(
        "selesai",
        T("Selesai"),
        "tidak_registrasi bukan_pelanggaran dihukum tidak_terbukti ditolak dihentikan",
        SELESAI,
        T("penanganan berakhir; tidak berakibat hukum"),
    ),
)
SIDE = (
    _move(
        "alihkan",
        T("Alihkan"),
        "baru ditangani ditelusuri",
        BARU,
        T("tempat kejadian: Perbawaslu 7/2022 pasal 10(1)a; berlaku sesudah kantor itu menerimanya"),
    ),
    _move(
        "tutup",
        T("Tutup"),
        "baru ditangani ditelusuri",
        DITUTUP,
        T("informasi awal tidak ditindaklanjuti, dengan alasan"),
        needs="alasan",
        ask=T("Mengapa {ticket} ditutup?"),
    ),
    _move("buka", T("Buka lagi"), "ditutup", DITANGANI, T("urung tutup; tidak berakibat hukum")),
    _move(
        "gabung",
        T("Gabungkan"),
        "baru ditangani ditelusuri",
        DIGABUNG,
        T("informasi lain tentang kejadian yang sama, ditangani dalam satu kasus; /pisah mengembalikannya"),
    ),
)
MOVES = {move.action: move for move in (*ROAD, *SIDE)}
STEPS = tuple(move for move in ROAD if move.action not in {"ambil", "lepas"})  # each is a command of its own
