"""The two chats of the page: one for citizens, one for officers, from the same code; the outbox is their stream."""

from __future__ import annotations

import json
import re
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot.codes import random_hex
from bot.engine import Arrival
from bot.media import RefusedFile, uploaded
from bot.web_guard import own_origin, plain_name, whole
from handlers.events import Inbound, LocationShared, Media, MediaReceived, Opened, OptionChosen, TextReceived
from handlers.news import MEDIA_REFUSALS
from handlers.triage import sees
from storage import cases, media, offices, outbox
from storage.cases import stamp
from storage.conversations import by_keys, key_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from sqlalchemy import Connection
    from starlette.requests import Request

    from bot.serving import Serving
    from handlers.events import Event
    from storage.outbox import Message

HEARTBEAT = 15.0
BIGGEST_MESSAGE = 64_000  # bytes of a JSON body
SEAT = re.compile(r"[0-9a-f]{32}")
CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
Body = dict[str, Any]


def refusal(sentence: str, status: int) -> Response:
    """What is wrong and what to do, for a person."""
    return JSONResponse({"error": sentence}, status)


class Chat:
    """The citizens' chat."""

    channel = "web"
    cookie = "jn_warga"

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    # --- the seat ---

    def seat(self, request: Request) -> str:
        """The address behind the cookie, "" for none."""
        value = request.cookies.get(self.cookie, "")
        return value if SEAT.fullmatch(value) else ""

    async def seated(self, request: Request) -> str:
        """The address, if it may speak here."""
        return self.seat(request)

    async def open(self, request: Request) -> Response:
        """Begin or go on. The greeting is an event like any other, and comes once."""
        if not own_origin(request):
            return refusal("Permintaan itu tidak berasal dari halaman kami.", 403)
        seat = self.seat(request) or random_hex()
        await self.hear(seat, self.update_id(seat, "buka"), Opened())  # never the seat itself: the inbox is clear
        answer = JSONResponse(self.about())
        self.seat_cookie(request, answer, seat)
        return answer

    def about(self) -> Body:
        """What the page shows around the conversation."""
        telegram = self.serving.telegram
        return {
            "clock": self.serving.clock.rehearsal or None,
            "telegram": f"https://t.me/{telegram.username}" if telegram and telegram.username else None,
            "notice": "",
        }

    def seat_cookie(self, request: Request, answer: Response, seat: str) -> None:
        """The seat lives as long as a draft does; quick exit takes it away at once."""
        secure = request.scope["scheme"] == "https" or self.serving.settings.public_url.startswith("https")
        life = self.serving.settings.draft_days * 86_400
        answer.set_cookie(self.cookie, seat, max_age=life, httponly=True, samesite="strict", secure=secure)

    async def leave(self, request: Request) -> Response:
        """Quick exit: the browser forgets; what was sent stays with us."""
        if not own_origin(request):
            return refusal("Permintaan itu tidak berasal dari halaman kami.", 403)
        answer = Response(status_code=204)
        answer.delete_cookie(self.cookie)
        return answer

    # --- what comes in ---

    async def hear(self, seat: str, update_id: str, event: Event, **more: str) -> None:
        """Through the same door as every channel; resolves after the commit."""
        inbound = Inbound(self.channel, update_id, seat, seat, self.serving.clock.now(), event, **more)  # type: ignore[arg-type]
        await self.serving.engine.submit([Arrival(self.channel, update_id, [inbound], raw={"seat": seat})])

    async def send(self, request: Request) -> Response:
        """A message, a tap or a place; {"ok": true} only once it is durable. A repeat of the id changes nothing."""
        seat = await self.seated(request)
        if not seat:
            return refusal("Sesi Anda sudah berakhir.", 401)
        body = await self.json(request)
        if isinstance(body, Response):
            return body
        event = read_event(body)
        if event is None or not CLIENT_ID.fullmatch(whole(body.get("id"))):
            return refusal("Pesan itu tidak dapat dibaca. Mohon dikirim lagi.", 422)
        await self.hear(seat, self.update_id(seat, body["id"]), event, echo=echo_of(body, event))
        return JSONResponse({"ok": True})

    @staticmethod
    def update_id(seat: str, client_id: str) -> str:
        """The page's own id of a message, made unique over all pages (32 hex digits)."""
        return uuid.uuid5(uuid.UUID(seat), client_id).hex

    async def json(self, request: Request) -> Body | Response:
        """The JSON object of a request, or the refusal."""
        from bot.web import read_body  # noqa: PLC0415

        if not own_origin(request) or "json" not in request.headers.get("content-type", ""):
            return refusal("Permintaan itu tidak berasal dari halaman kami.", 403)
        raw = await read_body(request, BIGGEST_MESSAGE)
        if raw is None:
            return refusal("Pesan itu terlalu panjang. Mohon dibagi menjadi beberapa pesan.", 413)
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        return body if isinstance(body, dict) else refusal("Pesan itu tidak dapat dibaca. Mohon dikirim lagi.", 422)

    async def upload(self, request: Request) -> Response:
        """A file's raw bytes: sealed on the disk before its row, the row before the answer."""
        seat = await self.seated(request)
        if not seat:
            return refusal("Sesi Anda sudah berakhir.", 401)
        query = request.query_params
        if not own_origin(request) or not CLIENT_ID.fullmatch(query.get("id", "")):
            return refusal("Permintaan itu tidak berasal dari halaman kami.", 403)
        update_id = self.update_id(seat, query["id"])
        file = await self.keep(request, update_id, query)
        if isinstance(file, Response):
            return file
        await self.hear(seat, update_id, MediaReceived(file, query.get("caption", "")[:1000]))
        return JSONResponse({"ok": True})

    async def keep(self, request: Request, file_id: str, query: Mapping[str, str]) -> Media | Response:
        """Keep the bytes; a repeat of a file that is kept already is simply read past."""
        serving = self.serving
        if await serving.database.read(lambda conn: media.by_id(conn, serving.keys, file_id)):
            return Media(file_id, "document")
        key, wrapped, kek_id = serving.keys.new_data_key()
        try:
            facts = await serving.keeper.keep(file_id, key, request.stream())
        except RefusedFile as error:
            why = MEDIA_REFUSALS.get(error.code, MEDIA_REFUSALS["jenis"]).msgid
            return refusal(f"Berkas tidak dapat disimpan: {why}. Mohon kirim yang lain.", 415)
        kind = sniff_kind(facts["mime"])
        name = query.get("name", "")[:200]
        group = query.get("group", "")  # becomes the clear name of a card: only what our page makes
        size = int(facts["size"])
        album = group if CLIENT_ID.fullmatch(group) else ""
        return Media(file_id, kind, name, facts["mime"], size, album, uploaded(wrapped, kek_id, facts))

    # --- what goes out ---

    async def stream(self, request: Request) -> Response:
        """Server-Sent Events from the outbox; resumes by Last-Event-ID (HTML standard, section 9.2)."""
        seat = await self.seated(request)
        conversation = await self.conversation(seat) if seat else None
        if conversation is None:
            return refusal("Sesi Anda sudah berakhir.", 401)
        last = request.headers.get("last-event-id", "0")
        after = int(last) if last.isdecimal() and len(last) < 16 else 0  # noqa: PLR2004
        return StreamingResponse(self.events(request, conversation, after), media_type="text/event-stream")

    async def conversation(self, seat: str) -> int | None:
        """The row of a seat's conversation."""
        key = key_of(self.serving.keys, self.channel, seat)

        def look(conn: Connection) -> int | None:
            return next((one.id for one in by_keys(conn, self.serving.keys, [key]).values()), None)

        return await self.serving.database.read(look)

    async def events(self, request: Request, conversation: int, after: int) -> AsyncIterator[str]:
        """Everything after a number, then whatever comes."""
        yield "retry: 1000\n\n"
        serving = self.serving
        with serving.streams.listen(conversation) as news:
            while not serving.stopping.is_set():
                news.clear()
                query = partial(outbox.stream, keys=serving.keys, conversation_id=conversation, after=after)
                rows = await serving.database.read(query)
                for row in rows:
                    after = row.seq
                    yield f"id: {row.seq}\ndata: {json.dumps(shown(row), ensure_ascii=False)}\n\n"
                if rows:
                    continue
                if not await serving.streams.wait(news, HEARTBEAT):
                    yield ": masih di sini\n\n"
                if not await self.seated(request):
                    return


class Desk(Chat):
    """The officers' chat: the same, and its seats belong to officers."""

    channel = "kantor"
    cookie = "jn_petugas"

    async def seated(self, request: Request) -> str:
        """The address, while its officer serves; looked up at each request, so that a removal works at once."""
        seat = self.seat(request)
        return seat if seat and await self.staff(seat) else ""

    async def staff(self, seat: str) -> offices.Officer | None:
        """The officer of a seat."""
        keys = self.serving.keys
        key = offices.address_key(keys, self.channel, seat)
        return (await self.serving.database.read(lambda conn: offices.by_addresses(conn, keys, [key]))).get(key)

    async def open(self, request: Request) -> Response:
        """Go on; a seat is only made by an invitation."""
        if not own_origin(request):
            return refusal("Permintaan itu tidak berasal dari halaman kami.", 403)
        if not await self.seated(request):
            return refusal("Halaman ini untuk petugas. Mintalah undangan kepada koordinator kantor Anda.", 401)
        return JSONResponse(self.about())

    async def enter(self, request: Request) -> Response:
        """Spend an invitation: only by pressing Masuk, never by opening the link."""
        body = await self.json(request)
        if isinstance(body, Response):
            return body
        code, name = whole(body.get("code"))[:64], plain_name(body.get("name"))
        if not name:
            return refusal("Mohon tulis nama Anda.", 422)
        seat = random_hex()
        if await self.is_open(code):
            await self.hear(seat, uuid.uuid4().hex, TextReceived(f"/start {code}"), name=name, echo=name)
        if not await self.staff(seat):
            sentence = "Undangan itu tidak berlaku: sudah dipakai, sudah lewat, atau keliru. Mintalah yang baru kepada koordinator."
            return refusal(sentence, 403)
        answer = JSONResponse({"ok": True})
        self.seat_cookie(request, answer, seat)
        return answer

    async def is_open(self, code: str) -> bool:
        """An invitation that can still be spent: a wrong one leaves nothing behind."""
        token = self.serving.keys.token("invite", code.strip().upper())
        now = stamp(self.serving.clock.now())
        return await self.serving.database.read(lambda conn: offices.is_open(conn, token, now))

    async def picture(self, request: Request) -> Response:
        """A clean view, for officers who may see its case; else it is not there."""
        seat = self.seat(request)
        found = await self.staff(seat) if seat else None
        file_id = request.path_params["id"]
        if found is None or not SEAT.fullmatch(file_id):
            return PlainTextResponse("Tidak ada.", 404)
        keys = self.serving.keys

        def look(conn: Connection) -> media.File | None:
            from bot.act import officer  # noqa: PLC0415

            file = media.by_id(conn, keys, file_id)
            if file is None or file.case_id is None or not file.clean:
                return None
            return file if sees(officer(found), cases.by_id(conn, keys, file.case_id).office) else None

        file = await self.serving.database.read(look)
        if file is None:
            return PlainTextResponse("Tidak ada.", 404)
        return Response(await self.serving.keeper.view(file), media_type="image/jpeg")


class Upload(Chat):
    """A one-time upload into a conversation of any channel."""

    async def take(self, request: Request) -> Response:
        """The raw bytes of one file. The token is spent in the same transaction that notes the file."""
        serving, now = self.serving, self.serving.clock.now()
        token = serving.keys.token("upload", request.path_params["token"].upper())
        to = await serving.database.read(lambda conn: offices.upload_into(conn, token, stamp(now)))
        if to is None or not own_origin(request):
            return refusal("Tautan ini sudah dipakai atau sudah lewat. Mintalah yang baru di percakapan.", 410)
        file_id = uuid.uuid5(uuid.NAMESPACE_URL, token).hex
        file = await self.keep(request, file_id, request.query_params)
        if isinstance(file, Response):
            return file

        def spend(act: Any) -> None:
            offices.spend_upload(act.work.writing(), token, act.now)

        await serving.engine.submit([Arrival("unggah", file_id, at=now, to=to, event=MediaReceived(file), work=spend)])
        return JSONResponse({"ok": True})


# --- forms ------------------------------------------------------------------------------------------------------


def read_event(body: Body) -> Event | None:
    """The event of a message of the page; None if it is none of the three."""
    if (text := whole(body.get("text"))).strip():
        return TextReceived(text, whole(body.get("id")))
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
    """What the page shows as said."""
    if isinstance(event, OptionChosen):
        return whole(body.get("label"))[:100]
    return "📍" if isinstance(event, LocationShared) else ""


def sniff_kind(mime: str) -> Any:
    """The kind of a file, by what it really is."""
    for prefix, kind in (("image/", "photo"), ("video/", "video"), ("audio/", "voice")):
        if mime.startswith(prefix):
            return kind
    return "document"


def shown(row: Message) -> Body:
    """A row of the outbox as the page reads it."""
    body = row.body
    return {
        "seq": row.seq,
        "who": "me" if body.get("me") else "bot",
        "text": body.get("text", ""),
        "buttons": [
            {"label": label, "url": url} if url else {"label": label, "data": data}
            for label, data, url in body.get("buttons", ())
        ],
        "card": row.card,
        "anew": bool(body.get("anew")),
        "album": [{"url": f"/bukti/{id_}", "alt": "Bukti"} for id_ in body.get("album", ())],
        "asks": body.get("asks", ""),
        "at": cases.moment(row.at).isoformat(),
        "id": body.get("id", ""),
        "files": body.get("files", []),
    }
