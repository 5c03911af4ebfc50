"""Citizens' words for acts, offices and buttons: what is read, and what is left to be asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.words import guess_kind, guess_position, jabatan_class, match_option, mentions_pilkades


def table(text: str) -> list[tuple[str, str]]:
    rows = (line.rpartition("|") for line in text.strip().splitlines())
    return [(words.strip(), value.strip()) for words, _, value in rows]


KINDS = table("""
Kami dikumpulkan di aula kecamatan sama pak camat | pertemuan
Kepala dinas mengumpulkan seluruh pegawai di rumah makan | pertemuan
camat ngumpulin kades di vila | pertemuan
ada pertemuan tertutup antara kadis dan calon bupati | pertemuan
silaturahmi di rumah pak sekda | pertemuan
rapat di pendopo dihadiri kadis | pertemuan
buka bersama calon wakil bupati | pertemuan
Pak camat mengajak warga memilih paslon nomor 2 | ajakan
bu lurah nyuruh rt rw milih no 1 | ajakan
kepsek ngarahin guru2 buat dukung calon petahana | ajakan
Kadis mengimbau bawahannya supaya memenangkan paslon 3 | ajakan
kami wajib pilih nomor urut satu katanya | ajakan
Kasi minta kami semua mencoblos calon tertentu | ajakan
diperintah pak kades supaya menangkan paslon dua | ajakan
pidato sekda ayo pilih bupati lama | ajakan
diarahkan sama atasan | ajakan
Pak kades bagi2 sembako | pemberian
dibagikan amplop isi 50 ribu | pemberian
ngasih uang 100rb ke warga | pemberian
bagi beras 5 kg di kantor desa | pemberian
ada serangan fajar di rt kami | pemberian
money politik di dusun krajan | pemberian
warga menerima kaos dan sarung dari bu lurah | pemberian
amplop dibagikan habis pengajian | pemberian
dapat sembako dari pak rw | pemberian
Guru SD share foto paslon | medsos
dia nge-share video kampanye di FB | medsos
posting dukungan di instagram | medsos
status WA nya pak sekdes gambar paslon 1 | medsos
kabid like dan komen di akun calon | medsos
camat mengunggah foto bersama calon bupati | medsos
di tiktok ada video pns joget | medsos
pegawai gabung group wa pemenangan | medsos
Baliho calon dipasang di halaman rumah lurah | baliho
sekdes memasang spanduk paslon | baliho
pasang gambar paslon di kantor | baliho
stiker paslon ditempel di mobil guru | baliho
pakai kaos paslon waktu senam | baliho
bendera partai dipasang pak kadus | baliho
PNS ikut kampanye di lapangan | kampanye
pak camat hadir di deklarasi paslon | kampanye
kadis naik panggung kampanye dan joget | kampanye
Lurah jadi tim sukses | kampanye
ASN masuk tim pemenangan | kampanye
mengantar paslon daftar ke KPU | kampanye
guru ikut konvoi | kampanye
sosialisasi tapi kampanye | kampanye
mobil plat merah parkir di posko | jabatan
kendaraan dinas dipakai timnya calon | jabatan
Diancam mutasi kalau tidak nurut | jabatan
honorer diancam dipecat | jabatan
penyalahgunaan wewenang oleh kadis | jabatan
dana desa dipakai untuk menangkan calon | jabatan
fasilitas negara dipakai | jabatan
KTP warga dikumpulkan perangkat desa | ktp
kami diminta fotokopi ktp buat calon independen | ktp
absen KTP di balai desa | ktp
ktp saya dicatut | ktp
pak rt minta ktp | ktp
surat dukungan calon perseorangan ditandatangani guru | ktp
Pak camat memihak | -
ada pelanggaran netralitas | -
tolong ditindak | -
lurah tidak ikut kampanye | -
bukan bagi sembako | -
camat angkat jari waktu foto | -
bagi sembako sambil pasang baliho | -
dikumpulkan lalu dibagi uang | -
share ajakan dan bagi amplop di grup wa | -
saya melihat pak budi di sana | -
""")


@pytest.mark.parametrize(("story", "kind"), KINDS)
def test_the_kind_of_act(story: str, kind: str) -> None:
    assert (guess_kind(story) or "-") == kind


POSITIONS = table("""
Pak Camat Grogol | asn
bu camat | asn
Lurah Sukamaju | asn
sekcam | asn
Kadis Pendidikan | asn
Kadishub | asn
kepala dinas kesehatan | asn
Kepala Bappeda | asn
Sekda Kabupaten Bogor | asn
kabid mutasi BKPSDM | asn
Kasubag umum | asn
Kasi Trantib kecamatan | asn
staf ahli bupati | asn
asisten 1 setda | asn
PNS di Pemkab | asn
seorang asn perempuan | asn
pegawai negeri sipil | asn
guru PNS SMP 2 | asn
guru p3k | asn
Guru PPPK SDN 1 | asn
kepala SDN 3 | asn
kepala sekolah SMA Negeri | asn
kepala puskesmas | asn
kapus tebet | asn
kordik kecamatan | asn
Camat Kaur Selatan | asn
Kepala Satpol PP | asn
pejabat eselon 2 | asn
PNS di kantor camat | asn
Kades Sukamaju | kades
bu kades | kades
Kepala Desa Mekarsari | kades
perangkat desa | kades
Sekdes | kades
sekretaris desa | kades
ketua BPD | kades
pak kadus krajan | kades
kaur keuangan | kades
kasi pemerintahan desa | kades
carik | kades
kuwu | kades
Perbekel | kades
Keuchik gampong baro | kades
Wali Nagari | kades
lurah desa | kades
hukum tua | kades
Babinsa | tni
anggota TNI AD | tni
Danramil | tni
pak dandim | tni
tentara | tni
Kapolsek | polri
Bhabinkamtibmas desa | polri
polisi | polri
Aipda Joko | polri
AKP Rudi | polri
kapolres | polri
guru honorer | honorer
honorer di kantor camat | honorer
guru honorer SDN 2 | honorer
THL dinas kebersihan | honorer
pegawai non ASN | honorer
tenaga kontrak puskesmas | honorer
tenaga honor dishub | honorer
Pak Budi | -
guru | -
bu guru SD | -
orang dinas | -
staf kecamatan | -
anggota satpol pp | -
istri kades | -
anak camat | -
mantan camat | -
pensiunan PNS | -
calon kades | -
ajudan kapolres | -
sopir camat | -
camat dan kades | -
asn atau honorer | -
bukan asn | -
Bupati | -
anggota DPRD | -
ketua RT | -
tidak tahu | -
ibu-ibu PKK | -
timses | -
kepala sekolah swasta | -
dokter | -
""")


@pytest.mark.parametrize(("words", "position"), POSITIONS)
def test_the_position(words: str, position: str) -> None:
    assert (guess_position(words) or "-") == position


@pytest.mark.parametrize(
    ("words", "name"),
    table("""
Sekda | jpt
kepala dinas PU | jpt
staf ahli bupati | jpt
inspektur daerah | jpt
Kabid GTK | administrator
kabag umum | administrator
sekdis | administrator
Kasi Trantib | pengawas
kasubbag keuangan | pengawas
guru SD negeri | fungsional
kepsek | fungsional
perawat puskesmas | fungsional
staf kelurahan | pelaksana
Camat Grogol | kepala_wilayah
bu lurah | kepala_wilayah
kades | non_asn
kasi pemerintahan desa | non_asn
babinsa | non_asn
guru honorer | non_asn
bupati | non_asn
anggota DPRD | non_asn
mantan sekda | -
camat dan sekda | -
Pak Budi | -
"""),
)
def test_the_class_of_office(words: str, name: str) -> None:
    assert (jabatan_class(words) or "-") == name


@pytest.mark.parametrize(
    ("text", "about"),
    table("""
pilkades di desa kami curang | ya
Pemilihan Kepala Desa Sukamaju | ya
pil kades | ya
calon kades nomor 2 bagi uang | ya
cakades | ya
pemilihan kuwu | ya
kades mendukung calon bupati | -
pilkada bupati | -
ini bukan pilkades | -
perangkat desa kampanye | -
"""),
)
def test_pilkades_is_noticed(text: str, about: str) -> None:
    assert mentions_pilkades(text) == (about == "ya")


KIND_OPTIONS = [
    ("pertemuan", "Pertemuan", "rapat", "dikumpulkan"),
    ("ajakan", "Ajakan atau seruan", "imbauan", "arahan"),
    ("pemberian", "Uang atau barang", "sembako", "amplop"),
    ("medsos", "Media sosial", "medsos", "sosmed"),
    ("baliho", "Baliho atau atribut", "spanduk"),
    ("lainnya", "Lainnya", "yang lain"),
]
POSITION_OPTIONS = [
    ("asn", "ASN (PNS, PPPK)", "p3k", "pegawai negeri"),
    ("kades", "Kades, perangkat", "kepala desa", "bpd"),
    ("polri", "Polri", "polisi"),
    ("honorer", "Honorer", "tenaga kontrak"),
    ("tidak_tahu", "Tidak tahu", "kurang tahu"),
]
YES_NO = [("ya", "Ya, kirim", "setuju"), ("tidak", "Tidak, ubah dulu", "jangan"), ("batal", "Batalkan semuanya")]


@pytest.mark.parametrize(
    ("text", "value"),
    table("""
1 | pertemuan
2. | ajakan
no 2 | ajakan
No. 3 | pemberian
nomer 4 | medsos
nomor lima | baliho
yang kedua | ajakan
yg ketiga | pemberian
ke-4 | medsos
ke 5 | baliho
pilih 1 | pertemuan
saya pilih nomor 3 | pemberian
opsi 2 | ajakan
#6 | lainnya
6️⃣ | lainnya
(1) | pertemuan
dua | ajakan
yang terakhir | lainnya
2 aja | ajakan
Pertemuan | pertemuan
PERTEMUAN! | pertemuan
pertemuan pak | pertemuan
pertemuaan | pertemuan
petemuan | pertemuan
rapat | pertemuan
ajakan | ajakan
seruan | ajakan
Ajakan atau seruan | ajakan
ajakn | ajakan
himbauan | ajakan
uang | pemberian
barang | pemberian
sembakoo | pemberian
amplob | pemberian
media sosial | medsos
mediasosial | medsos
media sosal | medsos
medsos aja | medsos
sosmet | medsos
meda sosial | medsos
media | medsos
baliho | baliho
balihoo | baliho
bailho | baliho
spandok | baliho
atribut | baliho
lainya | lainnya
yang lain aja | lainnya
saya mau pilih media sosial deh | medsos
7 | -
0 | -
12 | -
1 dan 2 | -
2 atau 3 | -
bukan pertemuan | -
tidak rapat | -
dapat | -
uang dan baliho | -
xyz | -
? | -
Pak camat mengadakan pertemuan di balai desa kemarin | -
"""),
)
def test_a_typed_kind(text: str, value: str) -> None:
    assert (match_option(text, KIND_OPTIONS) or "-") == value


@pytest.mark.parametrize(
    ("text", "value"),
    table("""
pns | asn
PPPK | asn
P3K | asn
asn | asn
dia asn | -
pegawai negri | asn
kades | kades
kepala desa | kades
perangkat | kades
kadis | -
kepala dinas | -
polisi | polri
posisi | -
polis | polri
honor | -
honorrer | honorer
gak tau | tidak_tahu
ga tahu | tidak_tahu
saya tidak tau | tidak_tahu
tdk tahu pak | tidak_tahu
tidak tahuu | tidak_tahu
krg tahu | -
tahu | -
tidak | -
bukan asn | -
"""),
)
def test_a_typed_position(text: str, value: str) -> None:
    assert (match_option(text, POSITION_OPTIONS) or "-") == value


@pytest.mark.parametrize(
    ("text", "value"),
    table("""
ya | ya
iya | -
ya kirim | ya
kirim | ya
setuju | ya
stuju | ya
saya setuju | ya
tidak setuju | -
jangan kirim | -
ya tidak | -
tidak | tidak
gak | tidak
jangan | tidak
jgn dong | tidak
ubah dulu | tidak
batalkan | batal
batalkan semua | -
batal | -
"""),
)
def test_yes_and_no_are_never_mixed_up(text: str, value: str) -> None:
    assert (match_option(text, YES_NO) or "-") == value


def test_one_word_for_two_buttons_is_asked_again() -> None:
    twins = [("a", "Kabupaten Bogor", "bogor"), ("b", "Kota Bogor", "bogor"), ("c", "Depok")]
    assert match_option("bogor", twins) is None
    assert match_option("kota bogor", twins) == "b"
    assert match_option("bogorr", twins) is None
    close = [("a", "Serang"), ("b", "Seram")]
    assert match_option("sera", close) is None
    assert match_option("seran", close) is None


def test_a_label_that_is_a_number_is_that_button() -> None:
    assert match_option("2", [("x", "3"), ("y", "5"), ("z", "2")]) == "z"


def test_no_buttons_no_answer() -> None:
    assert match_option("2", []) is None
    assert match_option("terakhir", [("a", "A")]) == "a"


def test_there_are_enough_phrases() -> None:
    assert len(KINDS) + len(POSITIONS) >= 150


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_a_reader(text: str) -> None:
    assert guess_kind(text) != "lainnya"
    assert guess_position(text) in {None, "asn", "kades", "tni", "polri", "honorer"}
    assert jabatan_class(text) is None or jabatan_class(text)
    assert mentions_pilkades(text) in {True, False}
    assert match_option(text, KIND_OPTIONS) in {None, *(option[0] for option in KIND_OPTIONS)}


@settings(deadline=None)
@given(st.sampled_from(KIND_OPTIONS + POSITION_OPTIONS), st.integers(0, 3))
def test_every_label_and_synonym_is_its_own_value(option: tuple[str, ...], spaces: int) -> None:
    labels = KIND_OPTIONS if option in KIND_OPTIONS else POSITION_OPTIONS
    for name in option[1:]:
        assert match_option(" " * spaces + name.upper() + " ", labels) == option[0]
