"""The same events give the same rows on SQLite and on PostgreSQL."""

from __future__ import annotations

from handlers.events import Opened, OptionChosen, TextReceived
from tests.serving import House


async def test_a_report_reaches_the_first_officer(any_house: House) -> None:
    await any_house.say(
        "p1", TextReceived(f"/start {await any_house.invite('RI', 'koordinator')}"), "kantor", name="Ani"
    )
    await any_house.say("w1", Opened())
    await any_house.say("w1", OptionChosen("consent:ya:1"))
    await any_house.say("w1", TextReceived("Kemarin pak camat di Kabupaten Sukoharjo membagi amplop"))
    last = (await any_house.heard("w1"))[-1]
    await any_house.say("w1", OptionChosen(last.buttons["Kirim sekarang"]))
    sent = (await any_house.heard("w1"))[-1]
    card = (await any_house.heard("p1", "kantor"))[-1]
    assert "Terkirim" in sent.text
    assert card.text.startswith("JN-")
    await any_house.say("p1", OptionChosen(card.buttons["Ambil"]), "kantor")
    assert "sedang ditangani" in (await any_house.heard("w1"))[-1].text
    assert any_house.serving.engine.parked == 0
