"""From the core's Value to words in the reader's language, and from Send to the body that the outbox holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.effects import T

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.attached import Bar, Chart
    from handlers.effects import Send, Value


def words(value: Value, voice: Callable[[str], str]) -> str:
    """A value in a language; people's own words go in as they are, after translation."""
    if isinstance(value, T):
        sentence = voice(value.msgid)
        if not value.values:
            return sentence
        return sentence.format_map({name: words(part, voice) for name, part in value.values.items()})
    if isinstance(value, tuple):
        return "\n".join(words(part, voice) for part in value)
    return str(value)


def body(send: Send, voice: Callable[[str], str]) -> dict[str, Any]:
    """The body of an outbox row: plain JSON, nothing that its reader's platform decides."""
    text = words(send.text, voice).strip()
    made: dict[str, Any] = {"text": text}
    if send.options:
        made["buttons"] = [[words(one.label, voice), one.data, one.url] for one in send.options]
    made |= _marked(send)
    for name in ("album", "asks", "topic", "protect", "anew"):
        if found := getattr(send, name):
            made[name] = list(found) if name == "album" else found
    if send.spot:
        made["spot"] = [send.spot.codes, send.spot.point]
    if paper := send.paper:
        given = {"kind": paper.kind, "name": paper.name, "ticket": paper.ticket, "given": dict(paper.given)}
        made["paper"] = given | {"otherwise": words(paper.otherwise, voice)}
    if send.chart:
        made["chart"] = _chart(send.chart, voice)
    return made


def _marked(send: Send) -> dict[str, list[int]]:
    """Which of the buttons are for once, and which draw their own message anew."""
    found = {
        name: [place for place, one in enumerate(send.options) if getattr(one, name)] for name in ("once", "still")
    }
    return {name: places for name, places in found.items() if places}


def asks(send: Send) -> bool:
    """Do its buttons answer the open question of whom it is said to, rather than command something?"""
    return any(option.data[:1] not in {"", "/"} for option in send.options)


def _chart(chart: Chart, voice: Callable[[str], str]) -> dict[str, Any]:
    """A chart by its words and numbers; it is drawn anew wherever it is shown."""

    def bar(one: Bar) -> list[Any]:
        return [words(one.label, voice), one.now, one.before, *(words(said, voice) for said in one.said)]

    return {
        "title": words(chart.title, voice),
        "legend": [words(name, voice) for name in chart.legend],
        "parts": [[words(head, voice), [bar(one) for one in bars]] for head, bars in chart.parts],
        "note": words(chart.note, voice),
    }
