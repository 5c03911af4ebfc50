"""The officers' chat on the page: the same as the citizens', and its seats belong to officers."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.codes import random_hex
from bot.engine import Arrival
from bot.inside import people
from bot.inside.render import words
from bot.inside.sight import may_open
from bot.web.chat import NOT_OURS, SEAT, Chat
from bot.web.forms import client_id
from bot.web.guard import plain_name, refusal, whole
from handlers.events import TextReceived
from handlers.people import cannot_leave
from place.areas import office_name
from storage import cases, conflicts, joining, media, offices
from storage.cases import stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from starlette.requests import Request


AGAIN = timedelta(minutes=10)  # how long a press may be repeated whose answer was lost
LIFE = 180 * 86_400  # seconds that an officer may stay away
DOOR = "Halaman ini untuk petugas. Mintalah undangan kepada koordinator kantor Anda."
SPENT = "Undangan itu tidak berlaku: sudah dipakai, sudah lewat, atau keliru. Mintalah yang baru kepada koordinator."


class Desk(Chat):
    """The officers' chat."""

    channel = "kantor"
    cookie = "jn_petugas"
    base = "/petugas/chat"

    async def seated(self, request: Request) -> str:
        """The address, while its officer serves; looked up at each request, so that a removal works at once."""
        seat = self.seat(request)
        return seat if seat and await self.staff(seat) else ""

    async def staff(self, seat: str) -> offices.Officer | None:
        """The officer of a seat."""
        keys = self.serving.keys
        key = offices.address_key(keys, self.channel, seat)
        return (await self.serving.database.read(lambda conn: offices.by_addresses(conn, keys, [key]))).get(key)

    def life(self) -> int:
        """Longer than a citizen's: a desk is for work."""
        return LIFE

    async def open(self, request: Request) -> Response:
        """Go on; a seat is only made by an invitation."""
        if not self.is_ours(request):
            return refusal(NOT_OURS, 403)
        seat = await self.seated(request)
        if not seat:
            return refusal(DOOR, 401)
        answer = JSONResponse(self.about())
        self.seat_cookie(request, answer, seat)
        return answer

    async def left(self, seat: str) -> None:
        """The seat is given up for good: an office without officers shall not wait for one who cannot come back."""
        if not seat or not await self.staff(seat):
            return
        key = offices.address_key(self.serving.keys, self.channel, seat)
        conversation = await self.conversation(seat)

        now = self.serving.clock.now()
        done = Arrival(
            self.channel,
            f"pergi:{uuid.uuid4().hex}",
            at=now,
            to=conversation or 0,
            work=lambda act: people.part(act, key),
        )
        await self.serving.engine.submit([done])

    # --- the door ---

    async def enter(self, request: Request) -> Response:
        """Spend an invitation: only by pressing Masuk, never by opening the link.

        Whoever sits here already at the same desk simply goes on, and nothing is spent.
        """
        body = await self.json(request)
        if isinstance(body, Response):
            return body
        code, name = whole(body.get("code"))[:64].strip().upper(), plain_name(body.get("name"))
        if not name:
            return refusal("Mohon tulis nama Anda.", 422)
        found, mine = await self.invited(code), await self.staff(self.seat(request))
        wanted = found.post if found else None
        if mine and (wanted is None or wanted == (mine.office, mine.role, mine.kecamatan)):
            return JSONResponse({"ok": True})
        if refused := await self.refused(code, mine, wanted):
            return refused
        seat = self.new_seat(code, client_id(body))
        if wanted:
            update_id = self.update_id(seat, client_id(body) or uuid.uuid4().hex)
            await self.hear(seat, update_id, TextReceived(f"/start {code}"), name=name, echo=name)
        if not (now := await self.staff(seat)):
            return refusal(SPENT, 403)
        if mine:  # the same person in another seat: what they were kept out of goes with them
            await self.serving.database.write(lambda conn: self.same(conn, mine.id, now.id))
        await self.left(self.seat(request))
        answer = JSONResponse({"ok": True})
        self.seat_cookie(request, answer, seat)
        return answer

    async def refused(self, code: str, mine: offices.Officer | None, wanted: joining.Post | None) -> Response | None:
        """Why this code opens nothing: it can not be spent, or who sits here can not leave their office."""
        if wanted is None:
            return None if await self.just_spent(code) else refusal(SPENT, 403)
        if mine is None:
            return None
        look = partial(people.leaves_none, keys=self.serving.keys, person=mine, post=wanted)
        last = await self.serving.database.read(look)
        return refusal(words(cannot_leave(office_name(mine.office)), str), 409) if last else None

    def new_seat(self, code: str, client_id: str) -> str:
        """The same for the same press: an answer lost on its way can be asked for again, by that page, and soon."""
        return self.serving.keys.token("seat", f"{code} {client_id}")[:32] if client_id else random_hex()

    def same(self, conn: Connection, old: int, new: int) -> None:
        """One officer under two numbers, while the former seat is left: known already, and not by who invited them."""
        conflicts.forget(conn, new)
        conflicts.passed_on(conn, self.serving.keys, old, new)
        joining.was(conn, new, old)

    async def invited(self, code: str) -> joining.Invitation | None:
        """An invitation that can still be spent: a wrong one leaves nothing behind."""
        token = self.serving.keys.token("invite", code)
        now = stamp(self.serving.clock.now())
        return await self.serving.database.read(lambda conn: joining.invited(conn, token, now))

    async def just_spent(self, code: str) -> bool:
        """Was this invitation spent moments ago? Later its link, which lies in some chat, opens nothing any more."""
        token, since = self.serving.keys.token("invite", code), stamp(self.serving.clock.now() - AGAIN)
        return await self.serving.database.read(lambda conn: joining.spent_since(conn, token, since))

    # --- evidence ---

    async def picture(self, request: Request) -> Response:
        """A clean view, for officers who may see its case; else it is not there."""
        seat, file_id = self.seat(request), request.path_params["id"]
        found = await self.staff(seat) if seat else None
        if found is None or not SEAT.fullmatch(file_id):
            raise HTTPException(404)
        keys = self.serving.keys

        def look(conn: Connection) -> media.File | None:
            file = media.by_id(conn, keys, file_id)
            if file is None or file.case_id is None or not file.clean:
                return None
            case = cases.by_id(conn, keys, file.case_id)
            return file if may_open(found, case) else None

        file = await self.serving.database.read(look)
        if file is None:
            raise HTTPException(404)
        return Response(await self.serving.keeper.view(file), media_type="image/jpeg")
