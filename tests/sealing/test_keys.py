"""The key file: made once, private, refused with a sentence when it looks wrong; and the ring made of it."""

import base64
import json
import stat
import threading
from pathlib import Path
from secrets import token_bytes

import pytest

from sealing.envelope import SealBroken
from sealing.keys import FILE_NAME, KeyProblem, KeyRing


def b64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def change(folder: Path, **parts: object) -> None:
    path = folder / FILE_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | parts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    KeyRing.open(tmp_path / "data")
    return tmp_path / "data"


def test_the_first_start_makes_a_private_file_and_says_so(tmp_path: Path) -> None:
    _, made = KeyRing.open(tmp_path / "deep" / "data")
    path = tmp_path / "deep" / "data" / FILE_NAME
    assert made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [child.name for child in path.parent.iterdir()] == [FILE_NAME]  # no draft is left


def test_the_second_start_reads_the_same_keys(folder: Path) -> None:
    first, _ = KeyRing.open(folder)
    key, wrapped, kek_id = first.new_data_key()
    second, made = KeyRing.open(folder)
    assert not made
    assert second.unwrap(wrapped, kek_id) == key
    assert second.token("alamat", "628123") == first.token("alamat", "628123")
    assert second.identity == first.identity


def test_two_houses_have_different_keys(tmp_path: Path) -> None:
    rings = [KeyRing.open(tmp_path / name)[0] for name in "ab"]
    assert rings[0].token("alamat", "1") != rings[1].token("alamat", "1")
    assert rings[0].identity != rings[1].identity


def test_processes_starting_at_once_agree_on_one_file(tmp_path: Path) -> None:
    seen: list[tuple[str, bool]] = []
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        ring, made = KeyRing.open(tmp_path / "data")
        seen.append((ring.token("x", "y"), made))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len({token for token, _ in seen}) == 1
    assert sum(made for _, made in seen) == 1


def test_no_key_is_made_where_data_already_exists(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match=r"tidak ada\. Pulihkan dari cadangan"):
        KeyRing.open(tmp_path, make=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o777])
def test_a_file_that_others_can_read_is_refused(folder: Path, mode: int) -> None:
    (folder / FILE_NAME).chmod(mode)
    with pytest.raises(KeyProblem, match=r"dapat dibaca orang lain\. Jalankan: chmod 600"):
        KeyRing.open(folder)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
@pytest.mark.parametrize("part", ["tokens", "identity"])
def test_a_key_of_the_wrong_length_is_refused(folder: Path, part: str, length: int) -> None:
    change(folder, **{part: b64(token_bytes(length))})
    with pytest.raises(KeyProblem, match=f"harus 32 bita, bukan {length}"):
        KeyRing.open(folder)


@pytest.mark.parametrize(
    "weak", [bytes(32), b"\xff" * 32, b"ab" * 16, bytes(range(32)), b"kunci123" * 4, bytes(range(0, 256, 8))]
)
def test_a_weak_key_is_refused(folder: Path, weak: bytes) -> None:
    change(folder, current="k1", keks={"k1": b64(weak)})
    with pytest.raises(KeyProblem, match="terlalu lemah"):
        KeyRing.open(folder)


def test_one_key_in_two_places_is_refused(folder: Path) -> None:
    change(folder, tokens=json.loads((folder / FILE_NAME).read_text())["identity"])
    with pytest.raises(KeyProblem, match="ada yang sama"):
        KeyRing.open(folder)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        '{"format": "jaganetral-kunci-1"}',
        "\x00\x01",
        "kunci saya",
        "[" * 9000,
    ],
)
def test_an_unknown_content_is_refused(folder: Path, content: str) -> None:
    (folder / FILE_NAME).write_text(content)
    with pytest.raises(KeyProblem, match="tidak dikenal"):
        KeyRing.open(folder)


@pytest.mark.parametrize(
    "parts",
    [{"format": "lain"}, {"current": "tiada"}, {"keks": {}}, {"keks": []}, {"tokens": 7}, {"tokens": "!!!"}],
)
def test_an_unknown_part_is_refused(folder: Path, parts: dict[str, object]) -> None:
    change(folder, **parts)
    with pytest.raises(KeyProblem, match="tidak dikenal"):
        KeyRing.open(folder)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(KeyProblem, match="tidak dapat dibaca"):
        KeyRing.open(tmp_path)


def test_data_keys_are_new_each_time_and_never_lie_open(folder: Path) -> None:
    ring, _ = KeyRing.open(folder)
    (key, wrapped, _), (other, *_) = ring.new_data_key(), ring.new_data_key()
    assert len(key) == 32
    assert key != other
    assert key not in wrapped


def test_a_changed_wrapping_does_not_open(folder: Path) -> None:
    ring, _ = KeyRing.open(folder)
    _, wrapped, kek_id = ring.new_data_key()
    for wrong in (bytes([wrapped[0] ^ 1]) + wrapped[1:], wrapped[:-1], wrapped[:-8], b""):
        with pytest.raises(SealBroken):
            ring.unwrap(wrong, kek_id)


def test_after_a_rotation_the_old_opens_and_the_new_wraps(folder: Path) -> None:
    before, _ = KeyRing.open(folder)
    key, wrapped, old = before.new_data_key()
    keks = json.loads((folder / FILE_NAME).read_text())["keks"]
    change(folder, current="k2", keks=keks | {"k2": b64(token_bytes(32))})
    after, _ = KeyRing.open(folder)
    assert after.unwrap(wrapped, old) == key
    assert after.new_data_key()[2] == "k2"
    with pytest.raises(SealBroken):
        after.unwrap(wrapped, "k2")


def test_a_missing_master_key_is_named(folder: Path) -> None:
    ring, _ = KeyRing.open(folder)
    with pytest.raises(KeyProblem, match="k99"):
        ring.unwrap(bytes(40), "k99")


def test_tokens_differ_by_text_and_purpose(folder: Path) -> None:
    ring, _ = KeyRing.open(folder)
    tokens = {ring.token(*pair) for pair in [("alamat", "1"), ("alamat", "2"), ("resi", "1"), ("", "alamat1")]}
    assert len(tokens) == 4
    assert all(len(token) == 64 for token in tokens)
    with pytest.raises(ValueError):
        ring.token("alamat\x00", "1")


def test_a_forgotten_key_is_unwrapped_anew(folder: Path) -> None:
    ring, _ = KeyRing.open(folder)
    key, wrapped, kek_id = ring.new_data_key()
    assert ring.unwrap(wrapped, kek_id) is ring.unwrap(wrapped, kek_id)
    ring.forget()
    assert ring.unwrap(wrapped, kek_id) == key
