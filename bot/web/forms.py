"""From a message of the page to an event, and from a row of the outbox to what the page shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.web.guard import whole
from handlers.events import LocationShared, OptionChosen, TextReceived
from place.areas import name_of
from storage import buttons
from storage.cases import moment

if TYPE_CHECKING:
    from handlers.events import Event
    from sealing.keys import KeyRing
    from storage.outbox import Message

CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,40}")
Body = dict[str, Any]


def client_id(body: Body) -> str:
    """The page's own id of a message, "" where it is none."""
    given = whole(body.get("id"))
    return given if CLIENT_ID.fullmatch(given) else ""


def read_event(body: Body) -> Event | None:
    """The event of a message of the page; None if it is none of the three."""
    if (text := whole(body.get("text"))).strip():
        return TextReceived(text, client_id(body))
    if data := whole(body.get("data")):
        return OptionChosen(data[:200])
    lat, lon = body.get("lat"), body.get("lon")
    if is_degrees(lat, 90) and is_degrees(lon, 180):
        accuracy = body.get("accuracy")
        return LocationShared(float(lat), float(lon), float(accuracy) if is_degrees(accuracy, 1e7) else None)  # type: ignore[arg-type]
    return None


def is_degrees(value: object, most: float) -> bool:
    """A number within bounds; NaN, infinity and an integer too long for a float are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def echo_of(body: Body, event: Event) -> str:
    """What the page shows as said, where that is not the text itself; the same words as bot/web/page/place.js."""
    if isinstance(event, OptionChosen):
        return whole(body.get("label"))[:100]
    if not isinstance(event, LocationShared):
        return ""
    if event.accuracy is None:
        return "Lokasi dibagikan"
    metres = f"{event.accuracy:,.0f}".replace(",", ".")
    return f"Lokasi dibagikan (ketelitian sekitar {metres} m)"


def sniff_kind(mime: str) -> Any:
    """The kind of a file, by what it really is."""
    for prefix, kind in (("image/", "photo"), ("video/", "video"), ("audio/", "voice")):
        if mime.startswith(prefix):
            return kind
    return "document"


def shown(row: Message, keys: KeyRing, base: str) -> Body:
    """A row of the outbox as the page reads it, its buttons as tokens; `base` is the chat's own path."""
    body = row.body
    album = body.get("album", ())
    return {
        "seq": row.seq,
        "who": "me" if body.get("me") else "bot",
        "text": body.get("text", ""),
        "buttons": [_button(row, number, *one) for number, one in enumerate(buttons.shown(keys, row))],
        "card": row.card,
        "anew": bool(body.get("anew")),
        "album": [
            {"url": f"/bukti/{id_}", "alt": f"Bukti {number} dari {len(album)}"} for number, id_ in enumerate(album, 1)
        ],
        "map": _map(row, base),
        "chart": _chart(row, base),
        "paper": {"url": f"{base}/dokumen/{row.seq}", "name": body["paper"]["name"]} if body.get("paper") else None,
        "asks": body.get("asks", ""),
        "at": moment(row.at).isoformat(),
        "id": body.get("id", "").partition(":")[2],  # the page's own id, as update_id() put it there
        "files": body.get("files", []),
    }


def _button(row: Message, number: int, label: str, token: str, url: str) -> Body:
    """A link; or a token, and whether it goes on working (a command) and draws its own message anew."""
    if url:
        return {"label": label, "url": url}
    once, still = (number in row.body.get(name, ()) for name in ("once", "still"))
    lasts = row.body["buttons"][number][1].startswith("/") and not once
    return {"label": label, "data": token, "lasts": lasts, "still": still}


def _map(row: Message, base: str) -> Body | None:
    if not row.body.get("spot"):
        return None
    codes, point = row.body["spot"]
    names = ", ".join(name_of(code) for code in codes)
    return {"url": f"{base}/peta/{row.seq}", "alt": f"Peta {names}{', dengan titiknya' if point else ''}"}


def _chart(row: Message, base: str) -> Body | None:
    """The words under it say every number, so that its own name is enough."""
    chart = row.body.get("chart")
    return {"url": f"{base}/peta/{row.seq}", "alt": f"Grafik: {chart['title']}"} if chart else None
