"""Citizens' words for acts and offices, as patterns; matched against text that reading/spelling.py made regular."""

from __future__ import annotations

import re

_VOTE = (
    r"(?:pilih|memilih|milih|dipilih|nyoblos|coblos|mencoblos|nyoblosnya|dukung|mendukung|dukungan|menangkan|"
    r"memenangkan|"
    r"menangin|paslon|nomor urut|calon|suara)"
)
_GIVE = (
    r"(?:bagi|bagi2|bagi-bagi|bagiin|ngebagi|membagi|membagikan|bagikan|dibagi|dibagikan|dibagiin|kasih|ngasih|"
    r"dikasih|"
    r"dikasi|memberi|memberikan|ngasi|diberi|terima|menerima|nerima|dapat|dapet|nyebar|sebar|menyebar|menyebarkan|"
    r"titip|nitip|menitipkan)"
)
_GOODS = (
    r"(?:sembako|amplop|uang|duit|beras|minyak|gula|ka[ou]s|sarung|mukena|jilbab|kerudung|voucher|pulsa|hadiah|"
    r"bingkisan|"
    r"parcel|doorprize|barang|rupiah|[0-9]+ ?(?:ribu|rb|juta|jt)|rp ?[0-9]+|rokok|mie|telur|sajadah|kalender|tumbler)"
)
_CAMPAIGN = (
    r"(?:kampanye|deklarasi|konvoi|arak-arakan|rapat umum|jalan sehat|pendaftaran (?:paslon|calon|pasangan)|"
    r"kirab|orasi politik)"
)
_JOIN = (
    r"(?:ikut|ikutan|ngikut|hadir|menghadiri|hadiri|dihadiri|datang|dateng|mengikuti|berorasi|orasi|bicara|berpidato|"
    r"naik|turun|nyanyi|joget|terlibat|melakukan|berkampanye)"
)
_NEAR = r"(?:\W+\w+){0,5}?\W+"

# Each kind: what says it by itself. Two kinds found is one too many: the citizen is asked.
CLEAR = {
    "pertemuan": r"dikumpulkan|dikumpulin|(?:mengumpulkan|ngumpulin|kumpulkan|kumpulin|mengundang|undang) "
    r"(?:para |semua |seluruh )?(?:warga|staf|guru|guru-guru|kades|lurah|asn|pns|pegawai|perangkat|rt|rw|kader|ketua|"
    r"tokoh|karyawan|honorer|bawahan|kepala)|pertemuan tertutup|pertemuan (?:dengan|bersama) (?:paslon|calon|tim)",
    "ajakan": r"(?:mengajak|ajak|ngajak|ngajakin|diajak|menyuruh|disuruh|nyuruh|suruh|mengarahkan|diarahkan|ngarahin|"
    r"diarahin|arahkan|menghimbau|himbau|dihimbau|mengimbau|imbau|diimbau|menyerukan|seruan|meminta|minta|diminta|"
    r"memaksa|dipaksa|maksa|mewajibkan|diwajibkan|instruksi|menginstruksikan|diinstruksikan|menganjurkan|"
    r"mempengaruhi|"
    r"memengaruhi|membujuk|dibujuk|ajakan|himbauan|imbauan|arahan|perintah|diperintah|memerintahkan)"
    + _NEAR + _VOTE + r"|(?:harus|wajib|ayo|mari|jangan lupa) (?:pilih|milih|memilih|coblos|nyoblos|dukung|"
    r"menangkan)",
    "pemberian": _GIVE + r"(?:\W+\w+){0,3}?\W+" + _GOODS + r"|serangan fajar|politik uang|money politi[ck]s?|"
    r"(?:amplop|sembako|uang|duit)" + r"(?:\W+\w+){0,2}?\W+(?:dibagi|dibagikan|disebar|diberikan|dari paslon|"
    r"dari calon)",
    "medsos": r"(?:nge|di|me|mem)?-?(?:share|sharing|posting|post|upload|repost|like|komen|comment)(?:nya|ing|"
    r"an|kan)?|"
    r"mosting|ngepost|memosting|postingan|(?:meng|di)?unggah(?:an|nya)?|facebook|fb|instagram|ig|tiktok|tik tok|"
    r"twitter|"
    r"youtube|media sosial|medsos|sosmed|sosial media|(?:status|story|stories|setori|sw) (?:wa|whatsapp|ig|fb)|"
    r"(?:grup|group|grop|gup) (?:wa|whatsapp|telegram|fb|facebook)|wag|reels|"
    r"(?:mengomentari|berkomentar|menyukai|nge-?like)",
    "baliho": r"baliho|spanduk|banner|bener|umbul-umbul|billboard|alat peraga|apk|stiker (?:paslon|calon|bupati|"
    r"partai)|"
    r"(?:bendera|atribut|ka[ou]s|baju|jaket|rompi|topi|pin) (?:ber)?(?:gambar|logo|paslon|partai|calon|kampanye|nomor)|"
    r"(?:pasang|memasang|masang|dipasang|nempel|menempel|ditempel) (?:gambar|poster|stiker|foto|bendera|atribut)",
    "kampanye": _JOIN + r"(?:\W+\w+){0,3}?\W+" + _CAMPAIGN + r"|tim(?: )?ses|tim sukses|tim pemenangan|tim kampanye|"
    r"(?:jadi|menjadi) (?:relawan|juru kampanye|jurkam)|jurkam|sosialisasi tapi kampanye|"
    r"(?:antar|mengantar|ngantar|mendampingi|dampingi|mengawal)(?:\W+\w+){0,4}?\W+(?:daftar|mendaftar|kpu|kampanye)",
    "jabatan": r"plat merah|(?:mobil|motor|kendaraan|fasilitas|aset) (?:dinas|negara|pemerintah|"
    r"pemda|kantor)|"
    r"fasilitas (?:umum|desa|daerah)|dana (?:desa|bos)|apbd|apbdes|penyalahgunaan|menyalahgunakan|"
    r"(?:diancam|mengancam|ancam|ngancam|ancaman)" + r"(?:\W+\w+){0,4}?\W+"
    r"(?:mutasi|dimutasi|nonjob|pecat|dipecat|dicopot|pindah|dipindah|dipindahkan|diberhentikan|bantuan|bansos|pkh)|"
    r"(?:diancam|dimutasi|mutasi)(?= (?:karena|kalau|gara|jika|bila))|diancam mutasi|(?:ubah|mengubah) jabatan",
    "ktp": r"(?:kumpul\w*|mengumpulkan|dikumpulkan|minta|meminta|diminta|mintain|absen|setor\w*|menyetor\w*|"
    r"fotokopi|fotocopy|"
    r"foto kopi|foto copy|fc|pinjam|meminjam|dipinjam|catut|mencatut|dicatut|serahkan|menyerahkan|didata|mendata|"
    r"dukungan|pakai|memakai|dipakai)(?:\W+\w+){0,3}?\W+(?:e-?)?ktp|"
    r"(?:e-?)?ktp(?:\W+\w+){0,3}?\W+(?:dikumpul\w*|diminta|"
    r"dipakai|dicatut|dipinjam|difotokopi|difotocopy)|surat dukungan",
}  # fmt: skip
# What hints at a kind only where nothing clearer was said.
FAINT = {
    "pertemuan": r"rapat|pertemuan|halal ?bihalal|silaturahmi|silaturahim|silaturrahmi|arisan|apel|pengajian|rakor|"
    r"sosialisasi|briefing|jamuan|buka bersama",
    "ajakan": r"diarahkan|mengarahkan|mengajak|ajakan|himbauan|imbauan|seruan|arahan|disuruh (?:pilih|milih)",
    "pemberian": r"amplop|sembako|bagi-bagi",
    "medsos": r"live|konten|emoji",
    "baliho": r"poster|atribut|stiker|bendera",
    "kampanye": r"kampanye|deklarasi|konvoi|kampanyekan|mengkampanyekan",
    "ktp": r"ktp",
}
NOT = r"(?:tidak|bukan|belum|tanpa|bukannya)"

# Whose office it is. Relatives, former and future holders of an office are somebody else.
SOMEBODY_ELSE = (
    r"istri|suami|isteri|anak|adik|adek|kakak|keponakan|menantu|mertua|ipar|keluarga|kerabat|saudara|mantan|eks|"
    r"pensiunan|"
    r"purnawirawan|purnatugas|pensiun|calon|bakal|ajudan|sopir|supir|pendukung|tetangga|teman|utusan|bukan|tidak|"
    r"tukang|warga|timses|tim"
)
ABOUT_A_PLACE = (
    r"(?:di |dari |depan |dekat )?(?:kantor|aula|pendopo|pendapa|rumah dinas|halaman|balai|rumah) "
    r"(?:camat|kecamatan|lurah|kelurahan|desa|kepala desa|kades|bupati|polsek|polres|koramil|kodim|dinas|bpd)"
)
_RANK = r"(?:bripda|briptu|brigadir|bripka|aipda|aiptu|ipda|iptu|akp|akbp|kompol|kombes)"
# Who acts for an elected head is a high civil servant: UU 10/2016 art. 201 (10) and (11); Permendagri 1/2018 art. 5.
PENJABAT = r"(?:pjs?\.?|penjabat(?: sementara)?) (?:bupati|wali ?kota|gubernur)"
POSITIONS = {
    "honorer": r"honorer|honor|tenaga honor(?:er)?|thl|phl|gtt|non[ -]?(?:asn|pns)|(?:tenaga|pegawai|staf) kontrak|"
    r"outsourcing|sukwan|tenaga sukarela|tks",
    "asn": r"asn|pns|pppk|p ?3 ?k|pegawai negeri(?: sipil)?|camat|sekcam|lurah kelurahan|seklur|kadis\w*|"
    r"kepala (?:dinas|badan|"
    r"bappeda|bkd|bkpsdm|kesbangpol|satpol pp|inspektorat|kelurahan|puskesmas|kua|bidang|bagian|seksi|"
    r"subbagian)|sekda|"
    r"sekretaris (?:daerah|dinas|badan|camat|kecamatan|lurah|kelurahan)|sekdis|kabid|kabag|kasubag|kasubbag|"
    r"kasi(?! (?:pemerintahan|kesejahteraan|pelayanan|desa)\b)|kaban|asisten (?:[0-9i]+|sekda|pemerintahan|"
    r"setda)|staf ahli|"
    r"kapus|(?:korwil|kordik|korwilcam)(?: (?:dikbud|pendidikan|bidang))?|pejabat eselon|eselon [0-9iv]+|"
    r"(?:kepala sekolah|kepsek|guru) (?:sd|smp|sma|smk)? ?negeri|(?:kepala sekolah|kepsek|kepala) (?:sdn|smpn|"
    r"sman|smkn|mtsn|"
    r"man|min)|direktur rsud|kasatpol|" + PENJABAT,
    "kades": r"kades|kepala desa|lurah desa|sekdes|sekretaris desa|(?:perangkat|aparat|aparatur|pamong) (?:desa|"
    r"kalurahan|"
    r"nagari|kampung|gampong)|bpd|badan permusyawaratan desa|kadus|kasun|kepala dusun|carik|jogoboyo|bayan|"
    r"modin|perbekel|"
    r"kuwu|keuchik|geuchik|wali nagari|hukum tua|pambakal|kepala kampung|kaur (?:umum|keuangan|perencanaan|desa|"
    r"pembangunan|tata usaha)|kasi (?:pemerintahan|kesejahteraan|pelayanan|desa)(?: desa)?|penghulu kampung",
    "tni": r"tni(?: (?:ad|al|au))?|babinsa|danramil|dandim|kodim|koramil|tentara|prajurit|kopral|serda|sertu|"
    r"praka|pratu|letkol",
    "polri": r"polri|polisi(?! pamong)|bhabinkamtibmas|babinkamtibmas|bhabin|kapolsek|kapolres|wakapolsek|wakapolres|"
    r"polsek|polres|" + _RANK,
}  # fmt: skip
LURAH = r"(?<!sekretaris )lurah(?! desa| kelurahan)"
# KASN's classes of office (reports of 2020), the first that fits; non_asn follows from the position.
CLASSES = {
    "jpt": r"sekda|sekretaris daerah|kadis\w*|kepala (?:dinas|badan|bappeda|bkd|bkpsdm|kesbangpol|satpol pp|"
    r"inspektorat)|kaban|"
    r"asisten (?:[0-9i]+|sekda|pemerintahan|setda)|staf ahli|inspektur(?! (?:polisi|satu|dua))|kasatpol|" + PENJABAT,
    "administrator": r"kabag|kabid|sekdis|sekretaris (?:dinas|badan)|kepala (?:bidang|bagian)",
    "pengawas": r"kasi|kasubag|kasubbag|kepala (?:seksi|subbagian|sub bagian)",
    "fungsional": r"guru|kepsek|kepala sekolah|dokter|perawat|bidan|penyuluh|dosen|kepala (?:sdn|smpn|sman|smkn|"
    r"mtsn)",
    "pelaksana": r"staf(?! ahli)|pelaksana",
    "kepala_wilayah": r"camat|lurah(?! desa)|kepala kelurahan",
}  # fmt: skip
NON_ASN = r"(?<!ahli )bupati|wali ?kota|walikota|gubernur|(?:anggota|ketua) (?:dprd|dpr|dewan)|wabup|wawali"
PILKADES = (
    r"pil ?kades|pilkdes|pemilihan (?:kepala desa|kades|kuwu|perbekel|wali nagari|keuchik|kepala kampung|"
    r"hukum tua|lurah desa)|"
    r"(?:calon|bakal calon|balon) (?:kades|kepala desa|kuwu|perbekel|keuchik)|cakades|balonkades|pilwu|pilkuwu|"
    r"pilkel|"
    r"pilperbekel|pilwana|pilchiksung|pilkakam|pilhut"
)


def whole(pattern: str) -> re.Pattern[str]:
    """Match a pattern as whole words only."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
