"""What belongs to a message on the page and is fetched by itself: a picture of ours, a document. To its reader only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from bot.outgoing.drawings import drawn
from storage import outbox

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.web.chat import Chat
    from storage.outbox import Message

MOST = 2**53  # beyond it no page counts exactly


class Attached:
    """The pictures and documents of one chat's messages."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.serving = chat, chat.serving

    async def drawing(self, request: Request) -> Response:
        """The picture of a message: the small map, or a chart."""
        row = await self.own(request, "spot", "chart")
        return Response(await drawn(row.body), media_type="image/png")

    async def paper(self, request: Request) -> Response:
        """The document of a message, made anew each time (Content-Disposition: RFC 6266; its name is plain ASCII)."""
        row = await self.own(request, "paper")
        paper = await self.serving.papers.made(row)
        if paper is None:
            return PlainTextResponse(row.body["paper"]["otherwise"], 503)
        headers = {"content-disposition": f'attachment; filename="{paper.name}"'}
        if isinstance(paper.content, bytes):
            return Response(paper.content, media_type=paper.mime, headers=headers)
        return StreamingResponse(paper.pieces(), media_type=paper.mime, headers=headers)

    async def own(self, request: Request, *parts: str) -> Message:
        """The message that an address names, if this seat's own conversation has it with such a part; else 404."""
        seat, number = await self.chat.seated(request), request.path_params["seq"]
        conversation = await self.chat.conversation(seat) if seat else None
        if conversation is None or not 0 < number < MOST:
            raise HTTPException(404)
        query = partial(outbox.stream, keys=self.serving.keys, conversation_id=conversation, after=number - 1, most=1)
        rows = await self.serving.database.read(query)
        if not rows or rows[0].seq != number or not any(rows[0].body.get(part) for part in parts):
            raise HTTPException(404)
        return rows[0]
