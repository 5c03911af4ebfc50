"""`jaganetral talk`: replays, stops at the first difference, writes answers anew, talks at the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.talk.chat_file import WrongFile, parse, written
from bot.talk.deeds import DEEDS

FOLDER = Path(__file__).parents[1] / "conversations"
DOCUMENT = Path(__file__).parents[2] / "docs" / "transcripts.md"
SHORT = """# Pendek

> halo
< …
> [Tidak setuju]
< Baik. Yang Anda kirim tadi sudah dihapus. Bila berubah pikiran, ketik /lapor kapan saja.
"""


def talk(*words: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(main, ["talk", *words], input=typed)
    return done.exit_code, done.output


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "satu.chat"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_a_true_file_plays_to_the_end(chat: Path) -> None:
    assert talk(str(chat)) == (0, f"{chat}: sama (web, telegram)\n")


def test_the_first_difference_is_shown_with_its_line(chat: Path) -> None:
    chat.write_text(SHORT.replace("kapan saja", "besok"), encoding="utf-8")
    code, output = talk(str(chat))
    assert code == 1
    assert f"{chat}:6:" in output
    assert output.index("besok") < output.index("kapan saja")


def test_an_answer_too_many_and_one_too_few_are_differences(chat: Path) -> None:
    chat.write_text(SHORT + "< Ada lagi.\n", encoding="utf-8")
    assert talk(str(chat))[0] == 1
    chat.write_text(SHORT.replace("< …\n", ""), encoding="utf-8")
    assert talk(str(chat))[0] == 1
    chat.write_text(SHORT.rsplit("< ", 1)[0] + "Bu Ani< …\n", encoding="utf-8")
    assert talk(str(chat))[0] == 1


def test_answers_are_written_anew_and_what_was_left_out_stays_so(chat: Path) -> None:
    chat.write_text(SHORT.replace("kapan saja", "besok"), encoding="utf-8")
    assert talk(str(chat), "--write") == (0, "")
    assert chat.read_text(encoding="utf-8") == SHORT


def test_what_only_one_channel_shows_is_marked(chat: Path) -> None:
    chat.write_text("> halo\n> (berkas film.mp4 48 MB)\n", encoding="utf-8")
    assert talk(str(chat), "--write")[0] == 0
    text = chat.read_text(encoding="utf-8")
    assert "\n  @telegram Penting: " in text
    assert "\n< @web Bukti tersimpan di draf: 1.\n" in text
    assert "\n< @telegram Berkas itu terlalu besar" in text
    assert talk(str(chat)) == (0, f"{chat}: sama (web, telegram)\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("> [Ambil]\n", "tombol [Ambil] tidak ada"),
        ("> (menari)\n", "tindakan ini tidak dikenal"),
        ("> (sunting: x)\n", "pesan yang disunting tidak ada"),
        ("jam kapan-kapan\n> halo\n", "jam seperti"),
        ("> halo\njam kapan-kapan\n", "jam seperti"),
        ("petugas Bu Ani\n", "bentuknya: petugas"),
        ("undangan 33.11\n", "bentuknya: undangan"),
        ("grup \n", "bentuknya: grup"),
        ("kanal faks\n> halo\n", "kanal harus"),
        ("< jawaban\n", "jawaban tanpa"),
        ("  menjorok\n", "tidak melanjutkan apa pun"),
        ("entah apa\n", "tidak dimengerti"),
    ],
)
def test_a_line_that_is_not_of_the_grammar_is_named(chat: Path, text: str, why: str) -> None:
    chat.write_text(text, encoding="utf-8")
    code, output = talk(str(chat))
    assert code == 2
    assert why in output
    assert re.search(r"baris \d+:", output)


def test_reading_and_writing_give_the_same_file() -> None:
    for path in FOLDER.glob("*.chat"):
        text = path.read_text(encoding="utf-8")
        assert written(parse(text)) == text, path.name


def test_every_deed_and_line_of_the_document_is_of_the_grammar() -> None:
    rows = re.findall(r"^\| (`.+?`) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    shown = [one for row in rows for one in re.findall(r"`([^`]+)`", row)]
    answers = {
        "(peta …)",
        "(grafik: …)",
        "(kartu diperbarui)",
        "(album 3 gambar)",
        "(dokumen formulir-JN-XXXX-XXXX.pdf)",
    }
    deeds = [one for one in shown if one.startswith("(") and one not in answers]
    assert len(deeds) >= 12
    for one in (*deeds, "[Ambil]", "[Ambil] (lama)"):
        assert any(pattern.fullmatch(one) for pattern, _ in DEEDS), one
    for one in shown:
        if one.split()[0] in {"jam", "petugas", "undangan", "grup", "kanal"}:
            assert parse(one).beats, one


def test_a_missing_line_end_and_many_blank_lines_do_no_harm() -> None:
    script = parse("# x\n\n\n> halo\n< satu\n\n  dua\n\n\n> lagi\n\n  dan lagi")
    assert [beat.words for beat in script.beats] == ["halo", "lagi\n\ndan lagi"]
    assert script.beats[0].expected[0].on("web") == ["satu", "", "dua"]
    with pytest.raises(WrongFile):
        parse("> halo\n# catatan\n  menjorok\n")


def test_at_the_keyboard_a_number_presses_its_button() -> None:
    code, output = talk(typed="1\nCamat Grogol Sukoharjo ikut kampanye kemarin\n3\nterima kasih\n")
    assert code == 0
    assert "1. Setuju, lanjut" in output
    assert "Nomor tiket: JN-" in output
    assert output.rstrip().endswith(">")
