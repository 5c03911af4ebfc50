"""The small conversations beside the report: an answer to an officer, an addition, a wish, a command's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.codes import read_ticket
from handlers.commands import BY_NAME
from handlers.effects import Effect, Option, Send, T, Value
from handlers.events import OptionChosen
from handlers.flow import Ask, Flow, Misread, Scene
from handlers.questions import Choice, ask, options, picked, typed, within
from handlers.template import USING
from handlers.templates import looked_at
from handlers.which_office import says_another

if TYPE_CHECKING:
    from handlers.events import Event
    from handlers.state import Answers


def _question(scene: Scene) -> T:
    values = {"ticket": scene.answers["ticket"], "question": scene.answers["question"]}
    return T(
        "Petugas bertanya tentang {ticket}:\n{question}\n\nTulis jawaban Anda, atau kirim berkasnya. Anda tidak perlu "
        "menyebut siapa Anda.",
        **values,
    )


LATER = Choice("-nanti", T("Nanti saja"), ("nanti",))
ATTACHED = Choice("-berkas", T("Kirim berkasnya"), ("kirim", "sudah", "selesai", "itu saja"))


def _ways(scene: Scene) -> tuple[Choice, ...]:
    return (ATTACHED,) if scene.answers.get("evidence") else (LATER,)


def _put(scene: Scene) -> Send:
    return Send(_question(scene), options(*_ways(scene)), asks="text")


def _reply(event: Event, scene: Scene) -> Answers:
    value = picked(event, _ways(scene), scene, free=True)
    if value is None and picked(event, (LATER,), scene, free=True):
        raise Misread(T("Berkasnya belum dikirim. Tekan Kirim berkasnya, atau /batal untuk membuangnya."))
    return {"reply": value or typed(event)}


answer = Flow("jawab", (Ask("reply", _put, _reply),))

WHICH = (
    Choice("tambah", T("Tambahan"), ("tambahan", "tambah")),
    Choice("baru", T("Hal baru"), ("baru", "laporan baru")),
    Choice("buang", T("Abaikan saja"), ("abaikan", "tidak", "bukan")),
)


def _put_which(_: Scene) -> Send:
    return Send(T("Apakah ini tambahan untuk yang sudah Anda kirim, atau hal yang baru?"), options(*WHICH))


def _which(event: Event, scene: Scene) -> Answers:
    """One of the three; who goes on writing instead has said more of the same."""
    value = picked(event, WHICH, scene)
    if value is not None:
        return {"which": value}
    if isinstance(event, OptionChosen):
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    return {"text": within("\n".join(filter(None, (scene.answers.get("text"), typed(event)))))}


more = Flow("more", (Ask("which", _put_which, _which),))


def _put_ticket(scene: Scene) -> Send:
    return Send(T("Tentang yang mana?"), tuple(Option(ticket, ticket) for ticket in scene.answers["tickets"]))


def _ticket(event: Event, scene: Scene) -> Answers:
    tickets = tuple(Choice(ticket, ticket) for ticket in scene.answers["tickets"])
    said = picked(event, tickets, scene) or read_ticket(typed(event) if not isinstance(event, OptionChosen) else "")
    if said not in scene.answers["tickets"]:
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    return {"ticket": said}


wish = Flow(
    "wish",
    (
        Ask("ticket", _put_ticket, _ticket),
        ask(
            "words",
            T(
                "Apa yang perlu dibetulkan? Tulis yang tertulis sekarang dan yang benar. Petugas membaca tulisan ini; "
                "jangan menulis nama Anda di sini."
            ),
        ),
    ),
)


def _prompt(scene: Scene) -> Effect:
    command = BY_NAME[scene.answers["command"]]
    assert command.prompt is not None, "only commands with a prompt open this flow"
    choices = _choices(scene)
    text: Value = T(command.prompt.msgid, **command.prompt.values, ticket=scene.answers["ticket"])
    if rest := scene.answers.get("rest"):
        question, values = rest
        text = T(question, **values)
    if filled := scene.answers.get("filled"):
        text = looked_at(scene.answers["ticket"], filled)
    if not scene.turn.private and (command.name in USING or not choices):  # there bots are given only what answers them
        text = (text, T("Balas (reply) pesan ini dengan tulisan Anda."))
    return Send(text, (*choices, Option(T("Tidak jadi"), "/batal")))


def _choices(scene: Scene) -> tuple[Option, ...]:
    """The buttons that the command gave with its question: a label of ours, or a name."""
    return tuple(Option(T(label), data) for label, data in scene.answers.get("choices", ()))


def _sending(scene: Scene) -> tuple[Choice, ...]:
    """The button of a text that was filled in, also typed."""
    return tuple(Choice(data, T(label)) for label, data in scene.answers.get("choices", ()))


BOUND = frozenset({"bantah"})  # what is typed for these is of the case as it was asked about, and of no later one


def _words(event: Event, scene: Scene) -> Answers:
    """A button of the question, or words, which the command itself understands or refuses."""
    filled, rev = scene.answers.get("filled", ""), scene.answers.get("rev", -1)
    if filled and picked(event, _sending(scene), scene, free=True):
        return {"words": filled, "pressed": rev}
    before = scene.answers.get("before", "")
    if isinstance(event, OptionChosen):
        if any(event.data == option.data for option in _choices(scene)):
            return {"words": f"{before} {event.data}".strip(), "pressed": rev}
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    rest = typed(event)
    anew = scene.answers["command"] == "alihkan" and says_another(rest, scene.book)
    words = rest if anew else f"{before} {rest}".strip()
    bound = {"pressed": rev} if scene.answers["command"] in BOUND else {}
    return {"words": words, **bound}


command_words = Flow("perintah", (Ask("words", _prompt, _words),))
