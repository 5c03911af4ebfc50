"""Buttons go out as opaque tokens: what they carry stays in their row of the outbox, sealed (docs/adr/0016)."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from sealing.envelope import open_json, seal_json
from storage.tables import outbox

if TYPE_CHECKING:
    from sealing.keys import KeyRing
    from storage.conversations import Conversation
    from storage.outbox import Message
    from storage.unit_of_work import UnitOfWork

SEQ, INDEX, MARK = 5, 1, 9  # bytes: the message's number, the button's place in it, and a keyed mark of both
SIZE = SEQ + INDEX + MARK  # a multiple of three: base64 without spare bits
LENGTH = SIZE * 4 // 3  # characters
_ROW = (outbox.c.conversation_id == bindparam("conv"), outbox.c.seq == bindparam("number"))
_BODY = select(outbox.c.body).where(*_ROW)
_SPEND = update(outbox).where(*_ROW).values(body=bindparam("sealed"))


def token(keys: KeyRing, conversation_id: int, seq: int, index: int) -> str:
    """The token of one button: 20 characters of base64url (RFC 4648, section 5), good in its own conversation only."""
    mark = keys.token("button", f"{conversation_id}/{seq}/{index}")
    return urlsafe_b64encode(seq.to_bytes(SEQ) + index.to_bytes(INDEX) + bytes.fromhex(mark)[:MARK]).decode()


def shown(keys: KeyRing, message: Message) -> list[tuple[str, str, str]]:
    """The buttons of a message as a channel gets them: label, token, address; a link has no token."""
    return [
        (label, "" if url else token(keys, message.conversation_id, message.seq, index), url)
        for index, (label, _, url) in enumerate(message.body.get("buttons", ()))
    ]


def pressed(work: UnitOfWork, chat: Conversation, person: int, given: str) -> str:
    """What a token stands for in this chat; "" where it is none of ours. A button for once is used up by it.

    None of ours is what was forged, altered, used up, of another conversation, or of a message that was erased; and,
    where the message asked one `person` of a group something (a conversation's row), what somebody else pressed.
    """
    if (place := found(work.keys, chat.id, given)) is None:
        return ""
    seq, index = place
    row = {"conv": chat.id, "number": seq}
    if (sealed := work.reading.execute(_BODY, row).scalar_one_or_none()) is None:
        return ""
    where = f"outbox/{chat.id}/{seq}/body"
    body = open_json(chat.data_key, sealed, where)
    if body.get("of", person) != person:
        return ""
    data: str = body["buttons"][index][1]
    if data and index in body.get("once", ()):
        body["buttons"][index][1] = ""
        work.writing().execute(_SPEND, {**row, "sealed": seal_json(chat.data_key, body, where)})
    return data


def found(keys: KeyRing, conversation_id: int, given: str) -> tuple[int, int] | None:
    """The number of the message and the place in it, where the token is genuine and of this conversation."""
    if len(given) != LENGTH or not given.isascii():
        return None
    try:
        raw = urlsafe_b64decode(given)
    except ValueError:
        return None
    if len(raw) != SIZE:  # signs outside the alphabet were passed over
        return None
    seq, index = int.from_bytes(raw[:SEQ]), raw[SEQ]
    return (seq, index) if hmac.compare_digest(token(keys, conversation_id, seq, index), given) else None
