"""A one-time upload into a conversation of any channel, for a file that is too big for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, JSONResponse, Response

from bot.engine import Arrival
from bot.web.chat import Chat
from bot.web.guard import PAGE, refusal
from handlers.events import MediaReceived
from storage import offices
from storage.cases import stamp

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.inside.act import Act

LONGEST = 64  # characters of a link's code that are looked at; ours have 26
USED = "Tautan ini sudah dipakai atau sudah lewat. Mintalah yang baru di percakapan."


class Upload(Chat):
    """The page behind the link, and what it takes."""

    def token(self, request: Request) -> str:
        """The link's code as the database knows it."""
        return self.serving.keys.token("upload", request.path_params["token"][:LONGEST].upper())

    async def goal(self, token: str) -> int | None:
        """The conversation that the file goes to, None where the link is used up."""
        now = stamp(self.serving.clock.now())
        return await self.serving.database.read(lambda conn: offices.upload_into(conn, token, now))

    async def page(self, request: Request) -> Response:
        """Looking spends nothing, since chat apps fetch links for previews; a used link says so before any upload."""
        still_open = await self.goal(self.token(request))
        return FileResponse(PAGE / ("unggah.html" if still_open else "terpakai.html"), 200 if still_open else 410)

    async def take(self, request: Request) -> Response:
        """The raw bytes of one file. The token is spent in the same transaction that notes the file."""
        token = self.token(request)
        file_id = uuid.uuid5(uuid.NAMESPACE_URL, token).hex
        async with self.serving.keeper.alone(file_id):
            to = await self.goal(token)
            if to is None or not self.is_ours(request):
                return refusal(USED, 410)
            file = await self.keep(request, file_id, request.query_params)
            if isinstance(file, Response):
                return file

            def spend(act: Act) -> None:
                offices.spend_upload(act.work.writing(), token, act.now)

            now = self.serving.clock.now()
            done = Arrival("unggah", file_id, at=now, to=to, event=MediaReceived(file), work=spend)
            parked = self.serving.engine.parked
            await self.serving.engine.submit([done])
            await self.drop_unless_noted(file_id, parked)
        return JSONResponse({"ok": True})
