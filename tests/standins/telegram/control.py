"""The stand-in's controls over HTTP, for tests and benches that run in another process."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.standins.telegram.standin import Call, StandIn


def shown(call: Call) -> dict[str, Any]:
    """A call as JSON; of its files the names and sizes."""
    files = {name: {"name": one.name, "type": one.type, "size": len(one.data)} for name, one in call.files.items()}
    return {**asdict(call), "files": files}


def routes(world: StandIn) -> list[Route]:
    """`POST /control/push` and so on: a JSON body with the arguments of the method of the same name.

    push takes one update or a list and gives their ids; add_file takes the bytes as its body, file_id, path and
    size in its address. `GET /control/calls?since=N&method=M`, `/control/screen?chat=N`, `/control/state`.
    """

    async def push(request: Request) -> JSONResponse:
        body = await request.json()
        return JSONResponse([world.push(update) for update in (body if isinstance(body, list) else [body])])

    async def add_file(request: Request) -> JSONResponse:
        asked = request.query_params
        size = int(asked["size"]) if "size" in asked else None
        world.add_file(asked["file_id"], await request.body(), path=asked.get("path", ""), size=size)
        return JSONResponse(None)

    async def command(request: Request) -> JSONResponse:
        name = request.path_params["name"]
        if name not in {"block", "unblock", "limit", "fail_next", "clear"}:
            return JSONResponse(f"no such control: {name}", 404)
        getattr(world, name)(**(await request.json() if await request.body() else {}))
        return JSONResponse(None)

    async def calls(request: Request) -> JSONResponse:
        since, method = int(request.query_params.get("since", 0)), request.query_params.get("method", "")
        return JSONResponse([shown(call) for call in world.calls[since:] if method in {"", call.method}])

    async def screen(request: Request) -> JSONResponse:
        return JSONResponse(world.screen(int(request.query_params["chat"])))

    async def state(request: Request) -> JSONResponse:
        updates = world.updates
        return JSONResponse(
            {
                "pending": len(updates.pending),
                "confirmed": len(updates.confirmed),
                "polls": updates.polls,
                "calls": len(world.calls),
            }
        )

    return [
        Route("/push", push, methods=["POST"]),
        Route("/add_file", add_file, methods=["POST"]),
        Route("/calls", calls),
        Route("/screen", screen),
        Route("/state", state),
        Route("/{name}", command, methods=["POST"]),
    ]
