"""Tables as CSV and as XLSX, written row by row, in which no cell is a formula, whoever wrote its words.

CSV: UTF-8 with a byte order mark and semicolons, as Excel under an Indonesian locale reads it, where the comma is the
decimal sign. Every cell stands in quotes: read with another separator it does not fall apart into new cells.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEPARATOR = ";"
LONGEST = 32_767  # characters of a cell in Excel (its specifications and limits)
JOINS = "\u200c\u200d"  # of what is not seen, only what some scripts need is kept
# What begins a formula (OWASP, CSV Injection), with the wide, small, raised and lowered forms that become the same.
FORMULA = "=＝﹦⁼₌⩵⩶+＋﹢⁺₊﬩\\-－﹣@＠﹫|｜%％﹪\u2212⁻₋"
# At the start of a cell, and behind anything that another program could take for the end of one.
OPENING = re.compile(rf"(^|[,;|\t])([\s\"{JOINS}]*)(?=[{FORMULA}])")
WIDE = 18  # characters of a column; what is longer goes on below, in the same cell
HEIGHT = 46  # points of every row: three lines, for the heights of single rows would all stay in memory
A3 = 8  # xlsxwriter's number: the register's two dozen columns cannot be read on less
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Sheet(Protocol):
    """A table that grows by rows."""

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Put these below the others."""
        ...

    def close(self) -> None:
        """No more rows come."""
        ...


def harmless(text: str) -> str:
    """A cell's words on one line, with an apostrophe before what a program could take for a formula."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    line = " ".join("".join(map(_seen, whole)).split())
    return OPENING.sub(r"\1\2'", line[:LONGEST])[:LONGEST]


def _seen(char: str) -> str:
    """A character as it stands in a cell: line ends and control signs as a space, what is not seen not at all."""
    kind = unicodedata.category(char)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if kind == "Cf" and char not in JOINS else char


class Csv:
    """Comma-separated values, as RFC 4180 has them but for the separator."""

    mime = "text/csv; charset=utf-8"

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        self._rows = csv.writer(self._text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self.add([columns])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Below the others."""
        self._rows.writerows([harmless(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """The file stays open."""
        self._text.detach()


class Xlsx:
    """Office Open XML; every cell is a string and says so, and its format is text also when it is edited."""

    mime = XLSX

    def __init__(self, file: IO[bytes], columns: Sequence[str], folder: str | None = None) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only where one is made

        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self._book = Workbook(file, {"constant_memory": True, "tmpdir": folder, **never})
        self._sheet = self._book.add_worksheet("Register")
        text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self._plain, head = (self._book.add_format({**text, "bold": bold}) for bold in (False, True))
        self._sheet.set_column(0, len(columns) - 1, WIDE, self._plain)
        self._sheet.set_default_row(HEIGHT)
        self._sheet.freeze_panes(1, 1)
        self._printed()
        for number, name in enumerate(columns):
            self._sheet.write_string(0, number, harmless(name), head)
        self._next = 1

    def _printed(self) -> None:
        """On paper: all columns side by side, their names on every page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(A3)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Below the others."""
        for row in rows:
            for number, cell in enumerate(row):
                self._sheet.write_string(self._next, number, harmless(cell), self._plain)
            self._next += 1

    def close(self) -> None:
        """Put the parts together."""
        self._book.close()
