"""Typed dates, from phrases as people write them; the base day is Thursday 12 September 2024."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.dates import find_date, read_date, why_not

TODAY = date(2024, 9, 12)

# phrase | date | time | ongoing
READ = """
kmarin siang | 2024-09-11 | siang
kemaren mlm jam setengah 9 | 2024-09-11 | 20.30
kmrin pagi2 jam 7 | 2024-09-11 | 07.00
kemarin pagi-pagi sekali | 2024-09-11 | pagi
kemarin pagi sekali | 2024-09-11 | pagi
Kemarin. | 2024-09-11
kemarin pak | 2024-09-11
kejadiannya kemarin sore ya min | 2024-09-11 | sore
kemarin sekitar pukul 20.00 WITA | 2024-09-11 | 20.00
kemarin jam 10an pagi | 2024-09-11 | 10.00
kemarin jam 10 - 12 siang | 2024-09-11 | 10.00
kemarin jam 9 s/d selesai | 2024-09-11 | 09.00
kemarin jam 2 siang sampai jam 4 sore | 2024-09-11 | 14.00
kemarin jam 8 lewat 15 malam | 2024-09-11 | 20.15
kemarin jam 5 kurang seperempat sore | 2024-09-11 | 16.45
kemarin pukul 06:45 | 2024-09-11 | 06.45
kemarin habis ashar | 2024-09-11 | habis asar
kemarin setelah sholat jumat | 2024-09-11 | habis jumatan
kemarin ba'da maghrib | 2024-09-11 | habis magrib
kemarin selepas isya | 2024-09-11 | habis isya
kemarin menjelang magrib | 2024-09-11 | magrib
kemarin subuh | 2024-09-11 | subuh
kemarin dini hari | 2024-09-11 | dini hari
kemarin jam 2 dini hari | 2024-09-11 | 02.00
wingi bengi | 2024-09-11 | malam
kamari sonten | 2024-09-11 | sore
mau bengi jam 9 | 2024-09-11 | 21.00
yesterday | 2024-09-11
last night | 2024-09-11 | malam
2 days ago | 2024-09-10
semalam | 2024-09-11 | malam
semalem jam 10 | 2024-09-11 | 22.00
malam tadi sekitar jam 7 | 2024-09-11 | 19.00
tadi malem habis isya | 2024-09-11 | habis isya
hari ini | 2024-09-12
hr ini pagi | 2024-09-12 | pagi
hari ini jam 6.15 pagi | 2024-09-12 | 06.15
pagi ini | 2024-09-12 | pagi
siang ini jam 1 | 2024-09-12 | 13.00
pagi tadi jam 6 | 2024-09-12 | 06.00
td pagi | 2024-09-12 | pagi
tadi siang jam setengah satu | 2024-09-12 | 12.30
tadi subuh | 2024-09-12 | subuh
tadi sore pukul 16.30 wib | 2024-09-12 | 16.30
tadi jam 8 pagi | 2024-09-12 | 08.00
jam 9 tadi | 2024-09-12 | 09.00
barusan | 2024-09-12
barusan saja | 2024-09-12
baru saja pak | 2024-09-12
tadi barusan | 2024-09-12
sejam yang lalu | 2024-09-12
30 menit yang lalu | 2024-09-12
2 jam lalu | 2024-09-12
sekarang | 2024-09-12 | - | ongoing
skrg | 2024-09-12 | - | ongoing
saat ini juga | 2024-09-12 | - | ongoing
masih berlangsung | 2024-09-12 | - | ongoing
lagi berlangsung skrg | 2024-09-12 | - | ongoing
sdg berlangsung | 2024-09-12 | - | ongoing
acaranya masih berlangsung | 2024-09-12 | - | ongoing
tadi pagi dan masih berlangsung | 2024-09-12 | pagi | ongoing
tadi pagi, masih berlangsung | 2024-09-12 | pagi | ongoing
hari ini belum selesai | 2024-09-12 | - | ongoing
dari kemarin sampai sekarang | 2024-09-11 | - | ongoing
sejak 2 hari lalu masih berlangsung | 2024-09-10 | - | ongoing
saiki | 2024-09-12 | - | ongoing
ayeuna | 2024-09-12 | - | ongoing
sehari yang lalu | 2024-09-11
tiga hari yg lalu | 2024-09-09
3 hr lalu | 2024-09-09
4hari lalu | 2024-09-08
lima hari lalu sore | 2024-09-07 | sore
sepuluh hari yang lalu | 2024-09-02
sebelas hari lalu | 2024-09-01
dua belas hari yang lalu | 2024-08-31
dua puluh satu hari lalu | 2024-08-22
rong dina kepungkur | 2024-09-10
tilu poe kapungkur | 2024-09-09
dua hari kemarin | 2024-09-10
kemarin lusa | 2024-09-10
lusa kemarin malam | 2024-09-10 | malam
kemarin dulu | 2024-09-10
senin | 2024-09-09
hari senin | 2024-09-09
Senen kemarin | 2024-09-09
senin lalu jam 10 | 2024-09-09 | 10.00
rabu | 2024-09-11
Rebo wingi | 2024-09-11
slasa sore | 2024-09-10 | sore
selasa yg lalu | 2024-09-10
jumat lalu | 2024-09-06
jum'at kmrn | 2024-09-06
hari Jum’at, jam 13.30 | 2024-09-06 | 13.30
sabtu malam | 2024-09-07 | malam
saptu pagi | 2024-09-07 | pagi
malam minggu | 2024-09-07 | malam
malam minggu kemarin jam 8 | 2024-09-07 | 20.00
malam senin | 2024-09-08 | malam
malam rabu | 2024-09-10 | malam
hari minggu | 2024-09-08
hari minggu pagi | 2024-09-08 | pagi
minggu sore | 2024-09-08 | sore
hari minggu lalu | 2024-09-08
ahad | 2024-09-08
ahad pagi | 2024-09-08 | pagi
kamis lalu | 2024-09-05
kamis kemarin | 2024-09-05
selasa minggu lalu | 2024-09-03
hari senin pekan lalu | 2024-09-02
jumat minggu kemarin | 2024-09-06
senin minggu ini | 2024-09-09
1 september | 2024-09-01
1 Sept 2024 | 2024-09-01
01 Sep | 2024-09-01
7sep | 2024-09-07
tgl 7 sept jam 20.00 | 2024-09-07 | 20.00
tanggal 31 agustus | 2024-08-31
31 agt 2024 | 2024-08-31
17 Agustus | 2024-08-17
tujuh belas agustus | 2024-08-17
tgl dua puluh lima agustus | 2024-08-25
2 juni 2024 | 2024-06-02
3 Nopember 2023 | 2023-11-03
14 pebruari 2024 | 2024-02-14
29 Februari 2024 | 2024-02-29
4-sep-2024 | 2024-09-04
4/sep/24 | 2024-09-04
4 September '24 | 2024-09-04
5 bulan 9 | 2024-09-05
tanggal 5 bulan september | 2024-09-05
tgl 10 bulan ini | 2024-09-10
tanggal 29 bulan lalu | 2024-08-29
tgl 29 bulan kemarin | 2024-08-29
September 3, 2024 | 2024-09-03
senin 9 september 2024 | 2024-09-09
Senin, 9/9/2024 pkl 09.00 | 2024-09-09 | 09.00
Sabtu (7/9) malam | 2024-09-07 | malam
rabu tgl 4 | 2024-09-04
rabu 4 sept pukul 14:05 | 2024-09-04 | 14.05
Jumat 30 agustus 2024, habis jumatan | 2024-08-30 | habis jumatan
11/9 | 2024-09-11
11-9 | 2024-09-11
11/09/24 | 2024-09-11
11.09.2024 | 2024-09-11
11-09-2024 19:30 | 2024-09-11 | 19.30
11 09 2024 | 2024-09-11
11 / 09 / 2024 | 2024-09-11
1-1-2024 | 2024-01-01
tgl 11/9 jam 7mlm | 2024-09-11 | 19.00
tanggal 11.9 | 2024-09-11
2024-09-11 | 2024-09-11
2024/9/1 | 2024-09-01
tgl 1 | 2024-09-01
tgl 10 malam | 2024-09-10 | malam
tanggal 12 | 2024-09-12
tgl 31 | 2024-08-31
tanggal sebelas | 2024-09-11
pada tanggal 6 september jam 8 malam | 2024-09-06 | 20.00
kemarin tanggal 11 | 2024-09-11
kemarin tgl 8 | 2024-09-08
terjadi pada hari sabtu tanggal 7 september 2024 | 2024-09-07
saya tahu kemarin | 2024-09-11
baru tau tadi pagi | 2024-09-12 | pagi
dapat info hari senin | 2024-09-09
5 sep jam 24.00 | 2024-09-05 | tengah malam
5 sep jam 12 malam | 2024-09-05 | tengah malam
5 sep setengah delapan malem | 2024-09-05 | 19.30
5 sep jam 12 siang | 2024-09-05 | 12.00
"""
NOT_READ = """
minggu lalu | ganda
minggu kemaren | ganda
pekan lalu | ganda
kamis | ganda
hari kamis | ganda
malam jumat | ganda
hari minggu pekan lalu | ganda
tadi malam jam 1 | ganda
semalam jam 12 | ganda
kemarin malam jam 2 | ganda
tadi jam 8 malam | ganda
tadi tengah malam | ganda
selasa 4 september | ganda
senin 3/9/2024 | ganda
rabu kemarin lusa | ganda
kemarin hari ini | ganda
3 september 5 september | ganda
senin selasa | ganda
5 | ganda
awal september | samar
akhir agustus 2024 | samar
pertengahan bulan | samar
bulan lalu | samar
sebulan yang lalu | samar
seminggu yang lalu | samar
2 minggu lalu | samar
tahun lalu | samar
September | samar
beberapa hari lalu | samar
sekitar 3 hari lalu | samar
kira-kira tanggal 5 | samar
kalau tidak salah kemarin | samar
mungkin senin | samar
tidak ingat | samar
gak tau | samar
lupa | samar
setiap hari | samar
kemarin-kemarin | samar
antara tanggal 3 dan 5 | samar
3 atau 4 september | samar
jam 7 malam | samar
pukul 19.30 | samar
malam | samar
10 jam lalu | samar
minggu ini | samar
besok | depan
bsk pagi | depan
lusa | depan
nanti malam | depan
minggu depan | depan
2 hari lagi | depan
13 september | depan
13/9/2024 | depan
tgl 20 | depan
1 oktober | depan
27 november | depan
28 desember | depan
14 februari 2025 | depan
sabtu ini | depan
30 februari | asing
31/9/2024 | asing
12/13/2024 | asing
12.10 | asing
3-5 september | asing
3 sep 2012 jam 25 | asing
5 sep 1924 | asing
bukan kemarin | asing
belum terjadi | asing
di kantor camat | asing
asdf | asing
👍 | asing
h-2 lebaran | asing
99999999999 hari lalu | asing
"""


def table(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [[*row, *("-",) * (4 - len(row))] for row in rows]


@pytest.mark.parametrize(("phrase", "day", "time", "ongoing"), table(READ))
def test_a_phrase_is_read(phrase: str, day: str, time: str, ongoing: str) -> None:
    reading = read_date(phrase, TODAY)
    if day == "-":
        assert reading is None
        return
    assert reading is not None, why_not(phrase, TODAY)
    assert (str(reading.date), reading.time_text or "-", reading.ongoing) == (day, time, ongoing == "ongoing")
    assert not why_not(phrase, TODAY)


@pytest.mark.parametrize(("phrase", "why"), [row[:2] for row in table(NOT_READ)])
def test_what_is_unclear_is_not_guessed(phrase: str, why: str) -> None:
    assert read_date(phrase, TODAY) is None
    assert why_not(phrase, TODAY) == why


def test_there_are_enough_phrases() -> None:
    assert len(table(READ)) >= 150
    assert len(table(NOT_READ)) >= 60


@pytest.mark.parametrize("text", ["", "   ", "kemarin " * 40, ",", "()", "-", "..."])
def test_nothing_and_too_much_are_not_read(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_around_new_year_the_nearest_past_year_is_meant() -> None:
    january = date(2025, 1, 3)
    for phrase, day in {"28 desember": "2024-12-28", "tgl 30": "2024-12-30", "2/1": "2025-01-02"}.items():
        reading = read_date(phrase, january)
        assert reading is not None
        assert str(reading.date) == day
    assert read_date("tgl 30 bulan lalu", january) == read_date("30 desember 2024", january)


def test_29_february_is_no_day_of_other_years() -> None:
    assert why_not("29 februari", date(2025, 9, 1)) == "asing"
    assert why_not("tgl 31", date(2024, 3, 5)) == "depan"


def test_on_a_sunday_last_week_is_left_open() -> None:
    assert why_not("senin minggu lalu", date(2024, 9, 8)) == "ganda"
    reading = read_date("hari minggu ini", date(2024, 9, 8))
    assert reading is not None
    assert reading.date == date(2024, 9, 8)


NAMES = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@settings(deadline=None)
@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 300))
def test_every_full_spelling_of_every_day_is_read(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    month = MONTHS[day.month - 1]
    for phrase in (
        f"{day.day} {month} {day.year}",
        f"{NAMES[day.weekday()]}, {day.day} {month} {day.year} pukul 19.30 WIB",
        f"tgl {day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%y} jam 7 malam",
        day.isoformat(),
        f"{back} hari yang lalu",
    ):
        reading = read_date(phrase, today)
        assert reading is not None, phrase
        assert reading.date == day, phrase


@settings(deadline=None)
@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_before_today(today: date, weekday: int) -> None:
    reading = read_date(f"hari {NAMES[weekday]} lalu", today)
    assert reading is not None
    assert reading.date.weekday() == weekday
    assert 1 <= (today - reading.date).days <= 7


WORDS = st.sampled_from(
    [
        "kemarin",
        "tadi",
        "malam",
        "minggu",
        "hari",
        "ini",
        "lalu",
        "jam",
        "7",
        "12",
        "31",
        "setengah",
        "senin",
        "sep",
        "/",
        ".",
        "-",
        ":",
        "tgl",
        "2024",
        "sekarang",
        "besok",
        "awal",
        "yang",
        "bulan",
        "sampai",
        "19.30",
        "12/9",
        "februari",
        "habis",
        "isya",
        "99",
        "0",
        "tengah",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=60), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_the_reader_and_none_is_in_the_future(text: str, today: date) -> None:
    for reading in (read_date(text, today), find_date(text, today)):
        assert reading is None or reading.date <= today
    assert bool(why_not(text, today)) == (read_date(text, today) is None)


STORIES = """
Kemarin sore pak camat mengumpulkan warga di balai desa jam 4 dan mengajak memilih nomor 2 | 2024-09-11
Pada hari Selasa 3 September 2024 sekitar jam 7 malam ada rapat di rumah pak lurah | 2024-09-03
senin lalu di kantor kecamatan staf disuruh foto pakai dua jari | 2024-09-09
Tadi pagi apel di kantor dinas, kepala dinas mengarahkan pilih paslon 1 | 2024-09-12
tgl 8/9 pak kades bagi sembako | 2024-09-08
3 hari yg lalu guru SD share foto paslon di grup wa | 2024-09-09
semalam ada pertemuan tertutup di rumah dinas | 2024-09-11
malam minggu kemarin camat hadir di deklarasi | 2024-09-07
Kejadian 05-09-2024, mobil plat merah mengangkut baliho | 2024-09-05
hari Minggu tanggal 8 September 2024 lurah joget di panggung | 2024-09-08
Acara pembagian sembako masih berlangsung di balai desa | 2024-09-12
Hari ini jam 9 pagi ada pertemuan, masih berlangsung | 2024-09-12
Pak camat bagi-bagi amplop | -
Waktu pilkada kemarin pak lurah sudah begitu | -
Kemarin saya dengar pak camat kampanye | -
Ada undangan tanggal 5 september dari kadis | -
Dari tgl 3-5 september ada pelatihan | -
Di Pasar Minggu pak camat bagi uang | -
Kemarin dan tadi pagi pak lurah bagi kaos | -
minggu lalu ada rapat di hari senin | -
Besok akan ada rapat, kemarin undangannya disebar | -
Tahapan pilkada sedang berlangsung tapi camat kampanye | -
Orang tadi membagikan uang 3/4 dari warga RT 02/05 | -
Di Jalan 17 Agustus ada baliho | -
setiap senin apel diarahkan pilih nomor 1 | -
pencoblosan tanggal 27 november nanti kami disuruh pilih 2 | -
surat tanggal 3 september dari sekda | -
Kemarin acara, sekarang masih berlangsung | -
SK 12-09-2024 sudah keluar | -
tanggal 3 dan 5 september | -
"""


@pytest.mark.parametrize(("story", "day"), [row[:2] for row in table(STORIES)])
def test_a_story_gives_its_day_only_beyond_doubt(story: str, day: str) -> None:
    reading = find_date(story, TODAY)
    assert (str(reading.date) if reading else "-") == day


def test_a_story_keeps_its_hour_and_what_goes_on() -> None:
    evening = find_date("kemarin malam jam 8 camat datang ke posko", TODAY)
    assert evening is not None
    assert evening.time_text == "20.00"
    now = find_date("pertemuan di aula sedang berlangsung", TODAY)
    assert now is not None
    assert now.ongoing
