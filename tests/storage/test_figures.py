"""Figures on both databases: against an oracle that looks at each case, by office, and with nothing small for auditors."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from holidays import country_holidays
from PIL import Image
from sqlalchemy import delete, event, select, update

from bot.inside.marks import note, token_of
from bot.outgoing.drawings import drawn
from bot.start import COUNTED, open_all
from storage import cases, outbox, tallies
from storage.cases import stamp
from storage.conversations import by_keys, key_of
from storage.tables import cases as rows
from storage.tables import limits, settings
from tests.bot.desks import SUKOHARJO, Officer, officer
from tests.serving import TEN

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.serving import House

SEED, CASES = 20241127, 900
OFFICES = ("33.11", "33.09", "33", "RI", "32.01")
SAID = {  # who was accused, what the citizen took them for, and how it is counted; said once more, by hand
    ("Camat Grogol", "asn"): "Camat, lurah",
    ("Bu Lurah", ""): "Camat, lurah",
    ("Sekda", "asn"): "Pimpinan tinggi",
    ("Kabid Dinas PU", "tidak_tahu"): "Administrator",
    ("kasi di kecamatan", "asn"): "Pengawas",
    ("guru SMP 2", "asn"): "Fungsional",
    ("staf kelurahan", "asn"): "Pelaksana",
    ("Pak Budi", "asn"): "ASN lainnya",
    ("Kepala Desa Weru", "kades"): "Kades, perangkat",
    ("guru honorer", "honorer"): "Honorer",
    ("", ""): "Belum jelas",
    ("", "tidak_tahu"): "Belum jelas",
}
KINDS = {"medsos": "Media sosial", "baliho": "Baliho atau atribut", "": "Belum jelas"}
ROAD = {  # from a state: the moves on this test's road, and where each leads
    "ditangani": [("formulir", "kajian_awal")],
    "kajian_awal": [("registrasi", "diregistrasi"), ("tolak", "tidak_registrasi"), ("kurang", "dilengkapi")],
    "dilengkapi": [("lengkap", "kajian_awal")],
    "diregistrasi": [("kajian", "kajian")],
    "kajian": [("pleno", "pleno"), ("perpanjang", "kajian")],
    "pleno": [("rekomendasi", "rekomendasi"), ("bukan", "bukan_pelanggaran")],
    "rekomendasi": [("teruskan", "diteruskan")],
    "diteruskan": [("verifikasi", "diverifikasi"), ("hukuman", "dihukum"), ("ditolak", "ditolak")],
    "diverifikasi": [("ppk", "di_ppk"), ("nihil", "tidak_terbukti")],
    "di_ppk": [("hukuman", "dihukum")],
    "dihukum": [("selesai", "selesai")],
    "ditolak": [("selesai", "selesai")],
}
FATES = {
    "rekomendasi": "Belum diteruskan", "diteruskan": "Diteruskan", "diverifikasi": "Diverifikasi", "di_ppk": "Di PPK",
    "dihukum": "Hukuman dijatuhkan", "tidak_terbukti": "Tidak terbukti", "ditolak": "Ditolak penerima",
}  # fmt: skip
RESTS = {
    day
    for day, name in country_holidays("ID", years=(2023, 2024), categories=("public",), language="id").items()
    if "perkiraan" not in name
}
TODAY = date(2024, 10, 10)
DAY = timedelta(days=1)


@dataclass
class Made:
    """A case as its history made it, for the oracle."""

    office: str
    came: date
    kind: str
    position: str
    status: str = "ditangani"
    facts: dict[str, Any] = field(default_factory=dict)
    moves: list[tuple[str, str, date]] = field(default_factory=list)  # what, to which state, when
    pemilu: bool = False


def lived(chance: random.Random, office: str) -> tuple[Made, dict[str, Any]]:
    """A case, and its answers."""
    (terlapor, position), kind = chance.choice(list(SAID)), chance.choice(list(KINDS))
    pemilu = chance.random() < 0.4
    at = TEN - timedelta(minutes=chance.randrange(100 * 24 * 60))
    came = (at + timedelta(hours=7)).date()
    made = Made(office, came, KINDS[kind], SAID[terlapor, position], pemilu=pemilu)
    day = came
    while made.status in ROAD and chance.random() < 0.985:
        day += timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 3, 6)))
        if day > TODAY:
            break
        action, target = chance.choice(ROAD[made.status])
        if action in {"tolak", "bukan", "kurang"} and chance.random() < 0.7:
            continue  # seldom, so that enough of them come far
        if chance.random() < 0.1:
            continue  # it was taken back at once: nothing of it stays
        made.moves.append((action, target, day))
        made.facts[action] = {"tanggal": day.isoformat(), "nomor": "1/X"}
        made.status = target
    happened = "2024-01-10" if pemilu else "2024-10-01"
    place = {"code": SUKOHARJO, "name": "Kabupaten Sukoharjo", "zone": "Asia/Jakarta"}
    return made, {"terlapor": terlapor, "position": position, "kind": kind, "happened": happened, "place": place,
                  "at": at}  # fmt: skip


def later(start: date, days: int, *, working: bool) -> date:
    day = start
    while days:
        day += DAY
        days -= not (working and (day.isoweekday() > 5 or day in RESTS))
    return day


def judged(made: Made) -> list[tuple[str, str, date]]:
    """(heading, line, day) of everything that the case counts for, from its moves one after the other."""
    found = [("Bentuk dugaan", made.kind, made.came), ("Jabatan terlapor", made.position, made.came)]
    found.append(("Jumlah", "Informasi masuk", made.came))
    if recommended := next((day for action, _, day in made.moves if action == "rekomendasi"), None):
        fate = [target for _, target, _ in made.moves if target in FATES][-1]
        asked = [day for action, _, day in made.moves if action in {"teruskan", "verifikasi", "ppk"}]
        silent = fate in {"diteruskan", "diverifikasi", "di_ppk"} and asked[-1] + 14 * DAY < TODAY
        found.append(("Tindak lanjut rekomendasi", "Belum dijawab" if silent else FATES[fate], recommended))
        found.append(("Jumlah", "Rekomendasi", recommended))
    for name, (start, done) in ran(made).items():
        days, more = {"Kajian awal": (2, 0), "Penanganan": (7, 7) if made.pemilu else (3, 2)}[name]
        more = more if any(action == "perpanjang" for action, *_ in made.moves) else 0
        working = made.pemilu and name == "Penanganan"
        due, last = (later(start, many, working=working) for many in (days, days + more))
        if done or due < TODAY:
            ended = done or TODAY
            found.append(("Tenggat kantor", f"{name} {'tepat' if ended <= due else _late(ended, last)}", due))
    return found


def _late(ended: date, last: date) -> str:
    return "ditambah" if ended <= last else "lewat"


CLOCKS = {
    "Kajian awal": ({"formulir", "lengkap"}, {"kajian_awal"}),
    "Penanganan": ({"registrasi"}, {"diregistrasi", "kajian", "pleno"}),
}


def ran(made: Made) -> dict[str, tuple[date, date | None]]:
    """The clocks that a case started, each with the days of its start and its end."""
    clocks: dict[str, tuple[date, date | None]] = {}
    for action, target, day in made.moves:
        for name, (starts, states) in CLOCKS.items():
            if action in starts:
                clocks[name] = (day, None)
            elif name in clocks and clocks[name][1] is None and target not in states:
                clocks[name] = (clocks[name][0], day)
    return clocks


def oracle(all_made: list[Made], offices: set[str], period: str) -> dict[tuple[str, str], tuple[int, int]]:
    weeks = {"minggu": 1, "bulan": 4, "semua": 1000}[period]
    now, before = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for made in all_made:
        for head, line, day in judged(made) if made.office in offices else ():
            age = (TODAY - day).days
            now[head, line] += 0 <= age < 7 * weeks
            before[head, line] += 7 * weeks <= age < 14 * weeks
    return {key: (now[key], before[key]) for key in now | before if now[key] or before[key]}


async def fill(home: House, chance: random.Random, many: int) -> list[Made]:
    """So many cases of every office, put where they lie as the house puts them."""
    serving, all_made = home.serving, []

    def put(conn: Connection) -> None:
        for number in range(many):
            office = chance.choice(OFFICES)
            made, answers = lived(chance, office)
            all_made.append(made)
            at = stamp(answers.pop("at"))
            facts = {
                "ticket": f"JN-{number}", "receipt": f"r{number}", "reporter": None, "office": office, "home": office,
                "kabupaten": "", "kecamatan": "", "kind": answers["kind"], "position": answers["position"],
                "status": made.status, "regime": "", "law_version": "", "urgent": False, "happened": "", "known": "",
                "deadline": _due(made), "holder": None, "rev": 1, "created": at, "changed": at,
                "post": token_of(serving.keys, office, answers, serving.means.book),
            }  # fmt: skip
            case = cases.file(conn, serving.keys, facts, answers)
            if made.facts:
                cases.set_facts(conn, case, made.facts)
            note(conn, case, home.clock.now(), serving.means.book)

    await serving.database.write(put)
    return all_made


def _due(made: Made) -> str:
    days = [day for action, _, day in made.moves if action in {"teruskan", "verifikasi", "ppk"}]
    return (days[-1] + 14 * DAY).isoformat() if days else ""


async def shown(desk: Officer, words: str, **more: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """What the officer's chart says, and that its words say the same."""
    seen = (await desk.says(f"/statistik {words}", **more))[-1]
    chart, found = seen.body["chart"], {}
    for head, bars in chart["parts"]:
        for label, now, before, said_now, said_before in bars:
            found[head, label] = (now, before)
            ending = f" (sebelumnya {said_before})" if chart["legend"][1] else ""
            assert f"{head}:\n" in seen.text
            assert f"• {label}: {said_now}{ending}" in seen.text
    return found


async def test_each_office_is_told_what_an_oracle_counts(any_house: House) -> None:
    home, chance = any_house, random.Random(SEED)
    all_made = await fill(home, chance, CASES)
    below = {
        "33.11": {"33.11"}, "33.09": {"33.09"}, "33": {"33", "33.11", "33.09"}, "RI": set(OFFICES),
        "32": {"32.01"}, "34.01": set(),
    }  # fmt: skip
    for office, counted in below.items():
        desk = await officer(home, office)
        for period in ("minggu", "bulan", "semua"):
            assert await shown(desk, period) == oracle(all_made, counted, period), (office, period)
    every = oracle(all_made, set(OFFICES), "semua")
    lines = {line for _, line in every}
    wanted = {*FATES.values(), "Belum dijawab", *SAID.values(), *KINDS.values(), "Kajian awal lewat"}
    assert lines >= {*wanted, "Penanganan tepat", "Penanganan ditambah", "Penanganan lewat"}


async def test_it_reads_sums_however_many_cases_there_are(sqlite_house: House) -> None:
    home = sqlite_house
    desk = await officer(home, "RI")

    async def asked() -> list[str]:
        said: list[str] = []
        engine = home.serving.database.engine
        event.listen(engine, "before_cursor_execute", lambda _c, _u, text, *_: said.append(text))
        await desk.says("/statistik semua")
        return [one for one in said if "tallies" in one or "limits" in one or "FROM cases" in one]

    few = await asked()
    await fill(home, random.Random(1), 60)
    await asked()  # adds up what is new
    assert await asked() == few
    assert all("barred" in one for one in few if "limits" in one or "FROM cases" in one)  # the few that are hidden


async def test_an_auditor_sees_groups_of_five_and_nothing_smaller(sqlite_house: House) -> None:
    home = sqlite_house
    all_made = await fill(home, random.Random(SEED), CASES)
    clerk, auditor = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "auditor")
    exact = await shown(clerk, "semua")
    seen = (await auditor.says("/statistik semua"))[-1]
    groups = {(head, bar[0]): bar[1:] for head, bars in seen.body["chart"]["parts"] for bar in bars}
    sunday = TODAY - timedelta(days=4)
    assert "6 Oktober 2024" in seen.text
    until = oracle([made for made in all_made if made.came <= sunday], {SUKOHARJO}, "semua")
    for key, (now, _) in until.items():
        if key[0] in {"Bentuk dugaan", "Jabatan terlapor"}:
            assert (groups[key][0] if key in groups else 0) == now // 5 * 5
    assert any(0 < now < 5 for now, _ in exact.values())
    for now, before, said_now, said_before in groups.values():
        assert (now % 5, before % 5) == (0, 0)
        assert now >= 5 or before >= 5
        assert said_now in {"<5", f"{now}-{now + 4}"}
        assert said_before in {"<5", f"{before}-{before + 4}"}


async def test_what_an_auditor_sees_changes_on_mondays_only(sqlite_house: House) -> None:
    home = sqlite_house
    await fill(home, random.Random(3), CASES)
    auditor = await officer(home, "RI", "auditor")
    days = []
    for _ in range(8):  # Thursday to Thursday
        days.append((await auditor.says("/statistik"))[-1].text)
        home.clock.move(days=1)
    assert days[0] == days[1] == days[2] == days[3]
    assert days[3] != days[4] == days[5] == days[6] == days[7]


async def test_the_picture_is_drawn_from_the_message_and_wide_enough(sqlite_house: House) -> None:
    home = sqlite_house
    await fill(home, random.Random(4), 50)
    desk = await officer(home, "33")
    body = (await desk.says("/statistik"))[-1].body
    assert "png" not in str(body).casefold()
    image = Image.open(io.BytesIO(await drawn(body)))
    assert image.width == 720
    assert 500 < image.height < 3000
    assert len(image.convert("RGB").getcolors(100_000)) > 10


async def test_the_picture_stands_above_the_words_on_a_platform(sqlite_house: House) -> None:
    home = sqlite_house
    await fill(home, random.Random(4), 50)
    desk = await officer(home, "33")
    await desk.says("/statistik")
    keys = home.serving.keys

    def newest(conn: Connection) -> outbox.Message:
        [chat] = by_keys(conn, keys, [key_of(keys, "kantor", desk.seat)]).values()
        return outbox.stream(conn, keys, chat.id, 0)[-1]

    message = await home.serving.database.read(newest)
    out = await home.serving.sender._composer.outgoing(message, None)
    assert out.above is not None
    assert out.above.id == "grafik"
    assert Image.open(io.BytesIO(out.above.image)).width == 720
    assert out.text == message.body["text"]


async def test_cases_of_before_are_counted_after_a_start(any_house: House) -> None:
    home = any_house
    all_made = await fill(home, random.Random(5), 60)
    desk = await officer(home, "RI")
    whole = await shown(desk, "semua")
    assert whole == oracle(all_made, set(OFFICES), "semua")

    def forget(conn: Connection) -> None:
        conn.execute(update(rows).values(post="", recommended="", fate=""))
        conn.execute(delete(limits))
        conn.execute(delete(settings).where(settings.c.name == COUNTED))

    await home.serving.database.write(forget)
    assert await shown(desk, "semua") != whole
    database, _, _ = await open_all(home.serving.settings)  # as a process that starts beside it
    await database.close()
    assert await shown(desk, "semua") == whole


async def test_a_limit_goes_along_with_its_case_to_another_office(sqlite_house: House) -> None:
    home = sqlite_house
    above, clerk = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO)
    from tests.bot.desks import filed  # noqa: PLC0415

    report = await filed(home, happened="2024-10-01")
    for line in (f"/ambil {report.ticket}", f"/formulir {report.ticket} hari ini"):
        await clerk.says(line)
    await clerk.says("/keluar ya")  # nobody is left there: the case goes up
    home.clock.move(days=5)
    assert (await shown(above, "minggu"))["Tenggat kantor", "Kajian awal lewat"] == (1, 0)
    found = await home.serving.database.read(lambda conn: conn.execute(select(limits.c.office)).scalars().all())
    assert found == ["33"]


async def test_a_class_of_posts_cannot_be_compared_across_offices(sqlite_house: House) -> None:
    keys = sqlite_house.serving.keys
    assert tallies.token(keys, "33.11", "jpt") == tallies.token(keys, "33.11", "jpt")
    assert len({tallies.token(keys, home, "jpt") for home in OFFICES}) == len(OFFICES)
    assert tallies.token(keys, "33.11", "") == ""
