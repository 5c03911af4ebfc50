"""`jaganetral serve`: start everything, say where it is, and stop clean on SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click
import uvicorn
import uvloop

from bot import invitations
from bot.config import Settings, WrongSettings, settings
from bot.lock import only_one
from bot.logs import logs
from bot.serving import Serving
from bot.start import clock_of, law, open_all
from bot.web import application
from storage import offices

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from sqlalchemy import Connection

BACKUP = (
    "Kunci baru dibuat: {path} (hanya dapat dibaca Anda). Tanpa kunci ini data tidak dapat dibuka lagi.\n"
    "Simpan salinannya terpisah dari data, misalnya: cp -p {path} /media/cadangan/kunci-jaganetral.json"
)
PAGES = 2000  # open at once; each holds one connection for its stream
NO_CODE = "(buat undangan dengan: jaganetral invite KODE --role koordinator)"


def serve_forever(clock: Path | None, office: str) -> int:
    """Serve until told to stop; the exit status."""
    chosen = settings()
    seat = invitations.checked_office(office)
    logs()
    return uvloop.run(_serve(chosen, clock, seat))


async def _serve(chosen: Settings, clock_file: Path | None, seat: str) -> int:
    told = _told()  # before anybody can know that we are here
    book, clock = law(chosen), clock_of(clock_file, chosen)
    listener = _listen(chosen)
    _more_files()
    chosen = chosen.model_copy(update={"port": listener.getsockname()[1]})
    lock = only_one(chosen)
    database, keys, made = await open_all(chosen)
    if made:
        click.echo(BACKUP.format(path=chosen.data_dir / "kunci.json"))
    serving = Serving(chosen, clock, database, keys, book)
    server = _server(serving)
    await serving.start()
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _announce(serving, seat, clock_file)
        return await _until_stopped(serving, server, task, told)
    finally:
        listener.close()
        lock.close()


def _told() -> asyncio.Event:
    """Set by SIGTERM and Ctrl-C, from the first moment on."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told


def _more_files() -> None:
    """Every open page is an open file: take as many as the machine allows a process without asking."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * PAGES if hard == resource.RLIM_INFINITY else min(2 * PAGES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _listen(chosen: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((chosen.host, chosen.port))
        listener.listen(PAGES)  # who comes while we still start waits instead of being turned away
    except OSError as error:
        listener.close()
        msg = f"HOST/PORT: {chosen.host}:{chosen.port} tidak dapat dipakai ({error.strerror}). Pilih PORT lain."
        raise WrongSettings(msg) from None
    return listener


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: we stop in our own order."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """No signals: _told() has them."""
        yield


def _server(serving: Serving) -> uvicorn.Server:
    config = uvicorn.Config(
        application(serving),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=PAGES,
        timeout_graceful_shutdown=4,
    )
    return _Server(config)


async def _announce(serving: Serving, seat: str, clock_file: Path | None) -> None:
    """Two lines on the terminal: where citizens go, and a one-time link to an officer's seat."""
    web = invitations.address(serving.settings)
    await serving.database.write(lambda conn: _leave(conn, web, clock_file))
    click.echo(f"WARGA {web}/")
    served = await serving.database.read(lambda conn: offices.served(conn, seat))
    if serving.settings.public_url and served:
        click.echo(f"PETUGAS {web}/petugas {NO_CODE}")
        return
    until = serving.clock.now() + timedelta(hours=24)
    made = await invitations.make(serving.database, serving.keys, web, seat, "koordinator", until)
    click.echo(f"PETUGAS {made.web}")


def _leave(conn: Connection, web: str, clock_file: Path | None) -> None:
    """What a command beside us must know: where we are, and whose time it is."""
    offices.set_setting(conn, "web", web)
    offices.set_setting(conn, "clock", str(clock_file.resolve()) if clock_file else "")


async def _until_stopped(
    serving: Serving, server: uvicorn.Server, task: asyncio.Task[None], told: asyncio.Event
) -> int:
    telling = asyncio.create_task(told.wait())
    failing = asyncio.create_task(serving.failure())
    await asyncio.wait({telling, failing, task}, return_when=asyncio.FIRST_COMPLETED)
    why = failing.result() if failing.done() and not failing.cancelled() else None
    for watcher in (telling, failing):
        watcher.cancel()
    serving.begin_stop()
    server.should_exit = True
    await task
    await serving.stop()
    return 0 if why is None else _failed(why)


def _failed(why: BaseException) -> int:
    """Say why it ended; a token that the platform refuses is a wrong setting."""
    wrong_token = type(why).__name__ == "WrongToken"
    plain = wrong_token or isinstance(why, ValueError)
    click.echo(f"Berhenti: {why if plain else type(why).__name__}", err=True)
    return 2 if wrong_token else 1
