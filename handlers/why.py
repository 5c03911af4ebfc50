"""Why a case lies where it lies: what the citizen gave, which rule of the map decided, what was asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.cards import why_here
from handlers.effects import T, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.view import CaseView

RULES = {  # of place/, by the name in the trace
    "titik": T("titik itu jelas di dalam {name}"),
    "titik-dekat-batas": T("titik itu dekat batas, jadi ditanyakan"),
    "koordinat-tertukar": T("lintang dan bujurnya tertukar, jadi ditanyakan"),
    "laut-dekat": T("titik itu di laut; yang ditanyakan adalah pantai yang terdekat"),
    "nama": T("nama yang ditulis hanya cocok dengan {name}"),
    "nama-ganda": T("nama yang ditulis dapat berarti beberapa tempat, jadi ditanyakan"),
    "nama-lemah": T("nama yang ditulis kurang jelas, jadi ditanyakan"),
    "nama-jenis-lain": T("yang ditulis kabupaten atau kota yang lain jenisnya, jadi ditanyakan"),
    "nama-provinsi": T("yang ditulis nama provinsi, jadi kabupaten atau kotanya ditanyakan"),
    "nama-terlalu-umum": T("nama yang ditulis ada di banyak tempat, jadi ditanyakan"),
    "kode-pos": T("yang ditulis kode pos, jadi ditanyakan"),
    "desa-tunggal": T("yang ditulis hanya nama satu desa, jadi ditanyakan"),
    "koordinat-tanpa-minus": T("lintangnya tanpa tanda minus, jadi ditanyakan"),
    "kode-plus": T("kode plus itu menunjuk ke {name}"),
    "kode-plus-jauh": T("kode plus itu jauh dari nama yang ditulis, jadi ditanyakan"),
    "cerita": T("ceritanya menyebut {name} dengan jelas"),
}
OTHER = T("aturan peta: {rule}")


def why(case: CaseView) -> tuple[Value, ...]:
    """Every line that is known; the data version last."""
    place: Mapping[str, Any] = case.answers.get("place") or {}
    trace: Mapping[str, Any] = place.get("trace") or {}
    rows: list[Value] = [T("{ticket} · {why}", ticket=case.ticket, why=why_here(case))]
    if given := _given(case.answers):
        rows.append(given)
    if rule := trace.get("rule"):
        rows.append(_ruled(rule, place["name"], trace))
    if trace.get("border_km") is not None:
        rows.append(T("• Batas terdekat: {km} km.", km=f"{trace['border_km']:.1f}".replace(".", ",")))
    if asked := place.get("asked"):
        rows.append(T("• Ditanyakan: {options}. Warga memilih {name}.", options=", ".join(asked), name=place["name"]))
    if version := trace.get("data_version"):
        rows.append(T("• Data peta versi {version}.", version=version))
    return tuple(rows)


def _ruled(rule: str, name: str, trace: Mapping[str, Any]) -> T:
    """Which rule of the map decided; of a story from which of its words, which need not name the kabupaten itself."""
    if rule == "cerita" and (read := trace.get("read")):
        named = dict.fromkeys(one.partition(":")[2] for one in read)
        return T("• Dari nama tempat dalam cerita ({named}): {name}.", named=", ".join(named), name=name)
    return T("• Peta: {how}.", how=T(RULES.get(rule, OTHER).msgid, name=name, rule=rule))


def _given(answers: Mapping[str, Any]) -> Value:
    said = answers.get("place_said") or {}
    if said.get("photo"):
        return T("• Warga membenarkan tempat yang tercatat di berkas fotonya.")
    if "lat" in said:
        return T("• Warga membagikan lokasi; itu tempat yang ditunjuk, belum tentu tempat warga berada.")
    if said.get("text"):
        return T("• Warga menulis: {words}", words=said["text"])
    return T("• Tempatnya dibaca dari cerita.") if answers.get("place") else ""
