"""Who reports, in their own words: name, number, address for mail; each can be left out with "-"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.flow import Misread, Scene
from handlers.questions import Choice
from handlers.reading.phones import phones, without_phones

if TYPE_CHECKING:
    from handlers.state import Answers

PHONE = re.compile(r"^\+?[\d\s().-]{8,20}$")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
SEXES = (
    Choice("Laki-laki", T("Laki-laki"), ("l", "pria", "laki")),
    Choice("Perempuan", T("Perempuan"), ("p", "wanita")),
)
WNI = Choice("WNI", T("WNI"), ("indonesia",))


def formal_named(answers: Answers) -> bool:
    """The reporter wants the formal form and gives a name for it."""
    return bool(answers.get("formal")) and answers.get("identity") != "anonim"


def read_name(text: str, _: Scene) -> Answers:
    """Name and telephone number in one answer; what of the two is missing is asked for. "-" leaves both out."""
    if text == "-":
        return {"pelapor_nama": "-", "pelapor_hp": "-"}
    numbers = phones(text)
    name = without_phones(text)
    return ({"pelapor_nama": name} if name else {}) | ({"pelapor_hp": " / ".join(numbers)} if numbers else {})


def name_question(scene: Scene) -> T:
    """What is still missing of name and number."""
    if "pelapor_hp" in scene.answers:
        return T("Siapa nama lengkap Anda?")
    return T("Nama lengkap dan nomor HP Anda? Contoh: Siti Aminah, 0812 3456 7890.")


def read_phone(text: str, _: Scene) -> Answers:
    """A telephone number, or "-" to leave it out."""
    if text != "-" and not PHONE.match(text):
        raise Misread(T("Nomor itu tampaknya keliru. Contoh: 0812 3456 7890."))
    return {"pelapor_hp": text}


def read_email(text: str, _: Scene) -> Answers:
    """An address for mail, or "-" to leave it out."""
    if text != "-" and not EMAIL.match(text):
        raise Misread(T("Alamat e-mail itu tampaknya keliru. Contoh: nama@contoh.id. Tidak punya? Tekan Lewati."))
    return {"pelapor_email": text}
