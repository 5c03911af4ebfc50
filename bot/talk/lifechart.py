"""Draws docs/life.md, the life of a case, from the table that the desk runs (handlers/life.py)."""

from __future__ import annotations

from pathlib import Path

from bot.outgoing.indonesian import said
from handlers.life import MOVES, ROAD, SIDE, STATUSES, Move
from law.recipients import load_recipients

PAGE = Path(__file__).parents[2] / "docs" / "life.md"
NEEDS = {
    "": "", "kata": "kata-kata", "tanggal": "tanggal", "tenggat": "tanggal, selama tenggatnya berjalan",
    "nomor": "nomor dan tanggal", "alasan": "alasan dari daftar", "penerima": "penerima (law/recipients.toml)",
}  # fmt: skip


def drawn() -> str:
    """The page, whole."""
    rows = "\n".join(_row(move) for move in MOVES.values())
    return f"""# Kehidupan kasus

Dibuat dari `handlers/life.py` oleh `python -m bot.talk.lifechart`; jangan disunting. Setiap panah adalah satu langkah
yang diizinkan; setiap langkah adalah satu perintah petugas (`/{ROAD[2].action} JN-...`) dan satu tombol di kartu.
Tenggat sebuah status (`law/deadlines.toml`) diingatkan kepada pemegang kasusnya, lalu kepada koordinator, provinsi dan
pusat selama tidak ada yang bertindak (`law/reminders.toml`); begitu juga antrean `baru` yang tidak disentuh.

```mermaid
stateDiagram-v2
    [*] --> baru
{_arrows()}
```

| langkah | dari | ke | yang diketik | dua orang | dasar |
| --- | --- | --- | --- | --- | --- |
{rows}

`/mundur` membatalkan langkah sendiri dalam 10 menit; sesudahnya, atau langkah rekan, dengan alasan dan orang kedua;
langkah dua orang tidak. `/ralat` membetulkan nomor, tanggal, atau penerima yang salah tercatat, dengan orang kedua.
`/tutup` dengan alasan yang menolak juga perlu dua orang. `/pisah` mengembalikan yang digabung ke keadaannya semula.

## Penerima rekomendasi

| penerima | untuk | sejak | sampai | dasar |
| --- | --- | --- | --- | --- |
{_recipients()}
"""


def _arrows() -> str:
    return "\n".join(
        f"    {source} --> {move.lands(source)}: {move.action}"
        for move in (*ROAD, *SIDE)
        for source in sorted(move.sources)
    )


def _row(move: Move) -> str:
    sources = ", ".join(STATUSES[source].msgid for source in STATUSES if source in move.sources)
    two = "ya" if move.two else ""
    typed = NEEDS[move.needs]
    name = f"`/{move.action}` {move.label.msgid}"
    target = STATUSES[move.target].msgid if move.target else "(tetap)"
    return f"| {name} | {sources} | {target} | {typed} | {two} | {said(move.origin)} |"


def _recipients() -> str:
    rows = []
    for one in load_recipients():
        first = one.first.isoformat() if one.first.year > 1 else ""
        last = one.last.isoformat() if one.last.year < 9999 else ""  # noqa: PLR2004 - date.max: no end
        rows.append(f"| {one.name} | {', '.join(sorted(one.positions))} | {first} | {last} | {one.source} |")
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
