"""Files in both directions: what people uploaded and the bot fetches, what the bot uploads and people get."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from tests.standins.telegram.faults import bad

if TYPE_CHECKING:
    from tests.standins.telegram.standin import StandIn
    from tests.standins.telegram.wire import Files, Params, Upload

DOWNLOAD, UPLOAD, PHOTO = 20 * 2**20, 50 * 2**20, 10 * 2**20  # bytes


def get_file(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    file_id = str(params.get("file_id", ""))
    stored = world.files.get(file_id)
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD:
        raise bad("file is too big")
    return _named(file_id, stored.size) | {"file_path": stored.path}


def _named(file_id: str, size: int) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": f"u{file_id}"[:40], "file_size": size}


def attachment(world: StandIn, kind: str, given: Any, files: Files, field: str) -> dict[str, Any]:
    """A Message's photo, document or video, from an upload, an attach:// or a file_id that is known."""
    name = str(given).removeprefix("attach://") if str(given).startswith("attach://") else field
    upload = files.get(name)
    if upload is None and str(given) not in world.files:
        raise bad(
            "wrong remote file identifier specified: can't unserialize it"
            if given
            else f"there is no {kind} in the request"
        )
    file_id = str(given) if upload is None else _kept(world, kind, upload)
    return {kind: _described(world, kind, file_id, upload)}


def _kept(world: StandIn, kind: str, upload: Upload) -> str:
    most = PHOTO if kind == "photo" else UPLOAD
    if not upload.data:
        raise bad("file must be non-empty")
    if len(upload.data) > most:
        raise bad(f"file of size {len(upload.data)} bytes is too big for a {kind}; the maximum size is {most} bytes")
    file_id = f"stored-{next(world.file_ids)}"
    world.add_file(file_id, upload.data)
    return file_id


def _described(world: StandIn, kind: str, file_id: str, upload: Upload | None) -> Any:
    stored = world.files[file_id]
    named = _named(file_id, stored.size)
    if kind == "photo":
        width, height = _measured(stored.data)
        return [named | {"width": width, "height": height}]
    if kind == "video":
        return named | {"width": 640, "height": 360, "duration": 1}
    return named | ({"file_name": upload.name, "mime_type": upload.type} if upload else {})


def _measured(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
            width, height = image.size
    except UnidentifiedImageError:
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


METHODS = {"getFile": get_file}
