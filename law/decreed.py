"""Writes law/holidays.toml anew from the kept library `holidays`: `python -m law.decreed` (make holidays).

The library follows the yearly decree of the three ministers (SKB). The house itself reads only the file, which anyone
can read, correct a day before the library does, and which costs no start-up.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from law.holidays import FILE, GUESSED, JOINT, NATIONAL

YEARS = range(2023, 2030)  # from the campaign for 2024 to the year of the next Pemilu
HEAD = """# Hari libur nasional dan cuti bersama, untuk menghitung hari kerja (Pemilu). Ditulis oleh `make holidays`
# dari pustaka holidays, yang mengikuti SKB tiga menteri tiap tahun. Yang tanggalnya baru perkiraan dihitung
# sebagai hari kerja, dan cuti bersama juga, kecuali CUTI_BERSAMA=libur: batas dapat tampil terlalu cepat,
# tidak pernah terlambat.
source = "SKB tiga menteri tiap tahun, lewat pustaka holidays {version}; tanggal tetap: Keppres 8/2024"
until = {until}
"""
FIXED = (
    ("01-01", "Tahun Baru Masehi"),
    ("05-01", "Hari Buruh Internasional"),
    ("06-01", "Hari Lahir Pancasila"),
    ("08-17", "Proklamasi Kemerdekaan"),
    ("12-25", "Kelahiran Yesus Kristus"),
)
SIGN = " (perkiraan)"


def drawn() -> str:
    """The file, as the pinned library has it."""
    from holidays import country_holidays  # noqa: PLC0415 - only where it is a development dependency

    kinds = {name: country_holidays("ID", years=YEARS, categories=(name,), language="id") for name in KINDS}
    rows = sorted((day, name, KINDS[category]) for category, found in kinds.items() for day, name in found.items())
    head = HEAD.format(version=version("holidays"), until=date(YEARS[-1], 12, 31).isoformat())
    yearly = "".join(f'\n[[yearly]]\nday = "{day}"\nname = "{name}"\n' for day, name in FIXED)
    days = "".join(
        f'  {{ date = {day}, name = "{name.removesuffix(SIGN)}", kind = "{GUESSED if SIGN in name else kind}" }},\n'
        for day, name, kind in rows
    )
    return f"{head}day = [\n{days}]\n{yearly}"


KINDS = {"public": NATIONAL, "government": JOINT}

if __name__ == "__main__":
    FILE.write_text(drawn(), encoding="utf-8")
