"""The catalogues are drawn from the source: every kind of sentence, the same bytes each time, and no guesses."""

from __future__ import annotations

from babel.messages import Catalog

from locales import extract


def test_sentences_come_from_code_and_from_the_law() -> None:
    found = {sentence: name for name, _, sentence in extract.sentences()}
    assert found["Kirim sekarang"] == "handlers/report.py"
    assert found["bukti atau saksi"].startswith("law/regimes/")
    assert found["masa tenang"] == "law/calendar.toml"


def test_what_officers_alone_read_is_marked() -> None:
    marked = {message.id for message in extract.template() if extract.for_officers(message)}
    assert "Lihat kartu" in marked
    assert "Kirim sekarang" not in marked


def test_a_known_sentence_keeps_its_translation_and_a_changed_one_gets_no_guess() -> None:
    fresh = Catalog(charset="utf-8", fuzzy=False)
    fresh.add("Kirim sekarang", locations=[("handlers/x.py", 1)])
    fresh.add("Kirim sekarang juga", locations=[("handlers/x.py", 2)])
    said = {message.id: message.string for message in extract.merged(fresh, "en") if message.id}
    assert said == {"Kirim sekarang": "Send now", "Kirim sekarang juga": ""}


def test_the_same_source_gives_the_same_bytes_without_dates_or_line_numbers() -> None:
    first, again = extract.files(), extract.files()
    assert first == again
    text = first[extract.ROOT / extract.TEMPLATE].decode()
    assert "Date" not in text.split("#:")[0]
    assert ".py:" not in text
