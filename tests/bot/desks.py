"""Officers, cases and what they hear, for tests of permission: everything goes in by the door that people use."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.engine import Arrival
from handlers.effects import FileReport
from handlers.events import OptionChosen, ReportFiled, TextReceived
from storage import cases
from storage.conversations import by_keys, key_of
from storage.offices import address_key, by_addresses
from storage.tables import staff

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.inside.act import Act
    from storage.cases import Case
    from tests.serving import House, Seen

SUKOHARJO, BOYOLALI = "33.11", "33.09"
IDENTITY = {
    "pelapor_nama": "Kenarina Pelapor",
    "pelapor_hp": "081273645501",
    "pelapor_alamat": "Gang Kenaritinggal 12",
    "pelapor_email": "kenari.surel@contoh.id",
    "pelapor_lahir": "Kenarilahir",
    "pelapor_pekerjaan": "Kenarikerja",
}
LEFT = "kartu lama"
_numbers = count(1)


@dataclass(frozen=True)
class Filed:
    """A case, and where its reporter sits."""

    ticket: str
    receipt: str
    seat: str


@dataclass
class Officer:
    """Someone at a desk."""

    home: House
    seat: str
    office: str
    role: str
    name: str

    @property
    def address(self) -> tuple[str, str]:
        return "kantor", self.seat

    async def says(self, text: str, **more: Any) -> list[Seen]:
        """Type it; gives what came back here."""
        return await self._heard(TextReceived(text), **more)

    async def taps(self, data: str, **more: Any) -> list[Seen]:
        """Press a button that carries this, as if one had been left on the screen."""
        left = {"text": LEFT, "buttons": [["Tekan", data, ""]]}
        await do(self.home, more.get("address", self.seat), lambda act: act.work.say(act.chat, left), "kantor")
        return await self._heard(OptionChosen(data), **more)

    async def _heard(self, event: Any, **more: Any) -> list[Seen]:
        address = more.pop("address", self.seat)
        before = await self.home.last(address, "kantor")
        if address != self.seat:
            more["private"] = False
        await self.home.say(address, event, "kantor", sender=self.seat, **more)
        return await self.home.heard(address, "kantor", before)

    async def all(self) -> list[Seen]:
        """Everything that ever reached this desk, but for what `taps` left there."""
        return [one for one in await self.home.heard(self.seat, "kantor") if one.text != LEFT]


async def officer(home: House, office: str, role: str = "petugas") -> Officer:
    """Someone new, by an invitation."""
    number = next(_numbers)
    one = Officer(home, f"meja{number}", office, role, f"Petugas Nomor{number}")
    code = await home.invite(office, role)
    await home.say(one.seat, TextReceived(f"/start {code}"), "kantor", name=one.name)
    return one


async def filed(
    home: House, identity: str = "kontak", code: str = SUKOHARJO, kecamatan: str = "", **more: Any
) -> Filed:
    """A new case of a new citizen, with all of their identity."""
    seat = f"warga{next(_numbers)}"
    await home.say(seat, TextReceived("/bantuan"))
    place = {"code": code, "name": "Kabupaten Sukoharjo", "kecamatan": "", "zone": "Asia/Jakarta"}
    place["kecamatan_code"] = kecamatan
    answers = {"story": "camat mengajak warga", "place": place, "identity": identity, **IDENTITY, **more}
    got = await do(home, seat, lambda act: act.perform(act, FileReport(answers)))
    report = next(event for event in got if isinstance(event, ReportFiled))
    await do(home, seat, lambda act: _keep(act, report.ticket))
    return Filed(report.ticket, report.receipt, seat)


def _keep(act: Act, ticket: str) -> None:
    from dataclasses import replace  # noqa: PLC0415

    act.mind.state = replace(act.mind.state, cases=(*act.mind.state.cases, ticket))
    act.mind.dirty = True


async def do(home: House, address: str, work: Any, channel: str = "web") -> Any:
    """Carry something out in a conversation, as the house itself does."""
    keys, got = home.serving.keys, []
    row = await home.serving.database.read(
        lambda conn: next(iter(by_keys(conn, keys, [key_of(keys, channel, address)]).values())).id
    )
    arrival = Arrival(
        "uji", f"uji{next(_numbers)}", at=home.clock.now(), to=row, work=lambda act: got.append(work(act))
    )
    await home.serving.engine.submit([arrival])
    return got[0]


async def case(home: House, ticket: str) -> Case:
    """The case as it lies in the database."""

    def look(conn: Connection) -> Case:
        found = cases.by_ticket(conn, home.serving.keys, ticket)
        assert found is not None
        return found

    return await home.serving.database.read(look)


async def number_of(home: House, one: Officer) -> int:
    """An officer's number, 0 for whoever serves no more."""
    key = address_key(home.keys, "kantor", one.seat)
    found = await home.serving.database.read(lambda conn: by_addresses(conn, home.keys, [key]))
    return found[key].id if key in found else 0


async def remove(home: House, one: Officer) -> None:
    """The officer serves no more, as an operator would note it."""
    row = staff.update().where(staff.c.id == await number_of(home, one)).values(active=False)
    await home.serving.database.write(lambda conn: conn.execute(row))


def bodies(seen: list[Seen]) -> list[dict[str, Any]]:
    """What was said, whole: words, buttons, pictures."""
    return [one.body for one in seen]


def identifying(seen: list[Seen]) -> list[str]:
    """The reporter's identity wherever it shows."""
    return [word for one in seen for word in IDENTITY.values() if word in str(one.body)]
