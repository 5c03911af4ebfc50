"""How a koordinator writes a text of the office: for which command, in which statuses, its words, and a look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import Option, Send, T
from handlers.events import OptionChosen
from handlers.flow import Ask, Flow, Misread
from handlers.life import DIHENTIKAN, STATUSES
from handlers.office_effects import DropTemplate, SaveTemplate
from handlers.placeholders import problems, sample, table
from handlers.questions import Choice, choose, picked, typed
from handlers.reading.words import match_option
from handlers.template import WORDED, possible
from handlers.templates import FOR, NAME, NAMED_SO, named

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.events import Event
    from handlers.flow import Scene
    from handlers.state import Answers, Talk

REPLY = T("Balas (reply) pesan ini dengan tulisan Anda.")
ANY, GO_ON = "apa saja", "lanjut"
SHORT = {DIHENTIKAN: T("dihentikan")}  # a button takes 20 characters


NAMES = {
    "simpan": T("Templat baru: apa namanya? Paling panjang 20 huruf; contoh: sudah dibaca"),
    "buang": T("Templat mana yang dibuang? Tulis namanya; daftarnya: /templat"),
    "kembalikan": T("Templat mana yang dikembalikan? Tulis namanya."),
}


def _put_name(scene: Scene) -> Send:
    text: Value = NAMES[scene.answers.get("verb", "simpan")]
    if not scene.turn.private:
        text = (text, REPLY)
    return Send(text, (Option(T("Tidak jadi"), "/batal"),), asks="text")


def _name(event: Event, scene: Scene) -> Answers:
    del scene
    name = named(typed(event))
    if not NAME.fullmatch(name):
        raise Misread(NAMED_SO)
    return {"name": name}


def _is_new(answers: Answers) -> bool:
    return bool(answers.get("verb", "simpan") == "simpan")


def _head(scene: Scene) -> T:
    return T("Templat “{name}”: untuk perintah yang mana?", name=scene.answers["name"])


EVERY = Choice(ANY, T("Status apa saja"), (ANY,))
NEXT = Choice(GO_ON, T("Lanjut"))
NAMED = tuple(Choice(status, SHORT.get(status, label), (label.msgid,)) for status, label in STATUSES.items())


def _put_statuses(scene: Scene) -> Send:
    """All statuses, each with its mark; a tap turns one on or off."""
    marked = scene.answers.get("picked", [])
    ways = [Option(EVERY.label, EVERY.value)]
    for one in NAMED:
        label = T("☑ {item}", item=one.label) if one.value in marked else T("☐ {item}", item=one.label)
        ways.append(Option(label, one.value))
    ways += [Option(NEXT.label, NEXT.value)] if marked else []
    ways.append(Option(T("Tidak jadi"), "/batal"))
    text = T("Pada status apa templat “{name}” dipakai? Ketuk satu atau beberapa.", name=scene.answers["name"])
    card = f"templat:{scene.answers['name']}"
    return Send(text, tuple(ways), card=card, protect=True, anew="picked" not in scene.answers)


def _statuses(event: Event, scene: Scene) -> Answers:
    """A tap turns a status, and so does its name; several are typed one after another."""
    marked: list[str] = scene.answers.get("picked", [])
    said = picked(event, (EVERY, *NAMED, *((NEXT,) if marked else ())), scene)
    if said == ANY:
        return {"statuses": []}
    if said == GO_ON:
        return {"statuses": marked}
    if said is not None:
        return {"picked": [one for one in marked if one != said] if said in marked else [*marked, said]}
    if isinstance(event, OptionChosen):
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    words = typed(event).casefold().replace(" dan ", ",")
    return {"statuses": [_status(part) for part in words.split(",") if part.strip()]}


def _status(words: str) -> str:
    labels = [(key, label.msgid, key.replace("_", " ")) for key, label in STATUSES.items()]
    found = match_option(words.strip(), labels, numbered=False)
    if found is None:
        rows = tuple(T("• {name}", name=label) for label in STATUSES.values())
        raise Misread((T("Status itu tidak ada. Pisahkan dengan koma:"), *rows))
    return found


def _of(answers: Answers) -> tuple[str, frozenset[str]]:
    """The command, and the statuses in which the text must be whole."""
    command = answers["untuk"]
    return command, frozenset(answers.get("statuses") or ()) or possible(command)


def _put_text(scene: Scene) -> Send:
    rows: list[Value] = [T("Tulis isinya. Yang di dalam kurung kurawal diisi sendiri menurut kasusnya:"), *table()]
    if not scene.turn.private:
        rows.append(REPLY)
    return Send(tuple(rows), (Option(T("Tidak jadi"), "/batal"),), asks="text")


def _text(event: Event, scene: Scene) -> Answers:
    """Refused with the reason where it could ever leave a hole."""
    words, (command, statuses) = typed(event), _of(scene.answers)
    if wrong := problems(words, statuses, command):
        raise Misread(wrong)
    return {"isi": words}


KEEP, AGAIN = Choice("simpan", T("Simpan")), Choice("ubah", T("Ubah"))


def _put_review(scene: Scene) -> Send:
    text = (
        T("Contohnya, untuk kasus yang tidak ada:"),
        "",
        sample(scene.answers["isi"]),
        "",
        T("Pastikan isinya tidak menjanjikan hasil, dan tidak menghakimi siapa pun."),
    )
    ways = tuple(Option(one.label, one.value) for one in (KEEP, AGAIN))
    return Send(text, (*ways, Option(T("Batal"), "/batal")), protect=True)


def _review(event: Event, scene: Scene) -> Answers:
    value = picked(event, (KEEP, AGAIN), scene)
    if value == AGAIN.value:
        raise Misread("", ("isi",))
    if value is None:
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    return {"review": value}


flow = Flow(
    "templat",
    (
        Ask("name", _put_name, _name),
        choose("untuk", _head, *(Choice(command, label, (command,)) for command, label in FOR.items()), when=_is_new),
        Ask("statuses", _put_statuses, _statuses, when=lambda answers: answers.get("untuk") in WORDED),
        Ask("isi", _put_text, _text, when=_is_new),
        Ask("review", _put_review, _review, when=_is_new),
    ),
)


def ended(talk: Talk) -> SaveTemplate | DropTemplate:
    """What is to be kept, or thrown away, or brought back."""
    if not _is_new(talk.answers):
        return DropTemplate(talk.answers["name"], back=talk.answers["verb"] == "kembalikan")
    command, _ = _of(talk.answers)
    statuses = tuple(talk.answers.get("statuses", ()))
    return SaveTemplate(talk.answers["name"], command, statuses, talk.answers["isi"])
