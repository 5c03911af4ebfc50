"""The JSON-lines door."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from place import lines


def ask(*given: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert lines.run(io.StringIO("".join(line + "\n" for line in given)), out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_answer_a_line_in_order() -> None:
    point, text, both = ask('{"lat": -7.6, "lon": 110.8}', '{"text": "Kab. OKI"}', '{"text": "Blitar"}')
    assert (point["decision"], point["kode"], point["kecamatan"]) == ("route", "33.11", "Grogol")
    assert point["zone"] == "Asia/Jakarta"
    assert point["trace"]["data_version"]
    assert (text["kode"], text["nama"]) == ("16.02", "Kabupaten Ogan Komering Ilir")
    assert (both["decision"], both["kode"], both["options"]) == ("ask", None, ["35.05", "35.72"])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "bukan json",
        "[]",
        "{}",
        "null",
        '{"text": 5}',
        '{"lat": "x", "lon": 1}',
        '{"lat": true, "lon": 1}',
        '{"lat": -7.6}',
        '{"lat": 1' + "0" * 400 + ', "lon": 1}',
        "[" * 60_000,
        '{"text": "' + "a" * 100_001 + '"}',
    ],
)
def test_a_malformed_line_is_refused_and_the_run_goes_on(line: str) -> None:
    bad, good = ask(line, '{"text": "Sukoharjo"}')
    assert (bad["decision"], bad["kode"], bad["options"]) == ("reject", None, [])
    assert bad["error"]
    assert good["kode"] == "33.11"


@pytest.mark.parametrize(
    "line",
    ['{"lat": NaN, "lon": 1}', '{"lat": 1e999, "lon": 1}', '{"text": ""}', '{"text": "\\ud800"}', '{"text": "🙏"}'],
)
def test_a_strange_question_is_refused_without_error(line: str) -> None:
    (found,) = ask(line)
    assert found["decision"] == "reject"


def test_bytes_that_are_no_text_spoil_their_own_line_only() -> None:
    source = io.TextIOWrapper(io.BytesIO(b'\xff\xfe\n{"text": "Sukoharjo"}\n'), encoding="utf-8")
    out = io.StringIO()
    assert lines.run(source, out) == 0
    bad, good = (json.loads(line) for line in out.getvalue().splitlines())
    assert bad["error"]
    assert good["kode"] == "33.11"
