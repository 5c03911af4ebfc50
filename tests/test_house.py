"""The house keeps its own rules: sizes, first sentences, one table of settings and of commands, data that is whole."""

from __future__ import annotations

import ast
import re
import statistics
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.config import Settings
from handlers.commands import COMMANDS

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "storage", "locales", "place", "sealing", "papers", "law")
MODULES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and lines of each function, without its docstring."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            doc = ast.get_docstring(node, clean=False)
            spoken = doc.count("\n") + 1 if doc else 0
            found.append((node.name, (node.end_lineno or node.lineno) - node.lineno + 1 - spoken))
    return found


def test_functions_are_small() -> None:
    lines = [(count, f"{path.relative_to(ROOT)}:{name}") for path in MODULES for name, count in functions(path)]
    counts = sorted(count for count, _ in lines)
    assert max(lines) <= (50, "~"), max(lines)
    assert counts[int(len(counts) * 0.9)] <= 25
    assert statistics.median(counts) <= 8


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_every_setting_is_documented() -> None:
    manual = (ROOT / "docs/operations.md").read_text()
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in manual]
    assert not missing


def test_every_command_is_typed_in_a_transcript() -> None:
    spoken = "\n".join(path.read_text() for path in (ROOT / "tests/conversations").glob("*.chat"))
    silent = [c.name for c in COMMANDS if not re.search(rf"/{c.name}\b", spoken)]
    assert silent in ([], ["start"])  # /start is what pressing Start in Telegram sends


def test_the_rooms_names_are_ours_alone() -> None:
    owners = packages_distributions()
    assert {room: set(owners.get(room, ["jaganetral"])) for room in ROOMS} == {room: {"jaganetral"} for room in ROOMS}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_what_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text()
    paths = re.findall(r"`((?:bot|handlers|storage|locales|place|sealing|papers|law|tests|docs|bench)/[\w./*-]*)", text)
    paths += re.findall(r"\]\(([\w./-]+)\)|src=\"([\w./-]+)\"", text)
    flat = {part for path in paths for part in (path if isinstance(path, tuple) else (path,)) if part}
    assert not [path for path in sorted(flat) if not list(ROOT.glob(path.rstrip("./")))]


def test_the_readme_shows_figures() -> None:
    block = (ROOT / "README.md").read_text().partition("## Figures")[2].partition("## ")[0]
    assert re.search(r"JagaNetral +[\d,]+ ", block)


def test_no_lock_names_an_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text()
