"""/statistik: an office's figures and those of all below it, as a chart and in words that say the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers.attached import Bar, Chart
from handlers.counting import DAY, PERIODS
from handlers.desk import at_home
from handlers.effects import Option, Send, T
from handlers.life import DI_PPK, DIHUKUM, DITERUSKAN, DITOLAK, DIVERIFIKASI, REKOMENDASI, TIDAK_TERBUKTI
from handlers.office_effects import CountFigures
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.speech import KINDS, POSITIONS, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.effects import Value
    from handlers.office_events import FiguresCounted
    from handlers.state import State

    Counts = Mapping[str, tuple[int, int]]

LEAST = 5  # a smaller number could point at somebody: auditors see groups of so many
USUAL = "bulan"
BUTTONS = {"minggu": T("7 hari"), "bulan": T("4 minggu"), "semua": T("Semua")}
UNKNOWN = T("Belum jelas")
OF_KIND = {**KINDS, "": UNKNOWN}
OF_POSITION = {
    "jpt": T("Pimpinan tinggi"),
    "administrator": T("Administrator"),
    "pengawas": T("Pengawas"),
    "fungsional": T("Fungsional"),
    "pelaksana": T("Pelaksana"),
    "kepala_wilayah": T("Camat, lurah"),
    **POSITIONS,
    "asn": T("ASN lainnya"),
    "tidak_tahu": UNKNOWN,
    "": UNKNOWN,
}
OF_FATE = {
    REKOMENDASI: T("Belum diteruskan"),
    DITERUSKAN: T("Diteruskan"),
    DIVERIFIKASI: T("Diverifikasi"),
    DI_PPK: T("Di PPK"),
    DIHUKUM: T("Hukuman dijatuhkan"),
    TIDAK_TERBUKTI: T("Tidak terbukti"),
    DITOLAK: T("Ditolak penerima"),
    "diam": T("Belum dijawab"),
}
EARLY, HANDLING = T("Kajian awal"), T("Penanganan")
CLOCKS = {"kajian_awal": EARLY, "penanganan_pilkada": HANDLING, "penanganan_pemilu": HANDLING}
OF_LIMIT = {
    f"{clock}/{how}": label
    for clock, name in CLOCKS.items()
    for how, label in (
        ("tepat", T("{clock} tepat", clock=name)),
        ("tambahan", T("{clock} ditambah", clock=name)),
        ("lewat", T("{clock} lewat", clock=name)),
    )
}


def figures(state: State, words: str, here: Here) -> Reply:
    """/statistik [minggu|bulan|semua]: of the own office and those below it."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    period = words.strip().casefold() or USUAL
    if period not in PERIODS:
        return say(state, T("Pilih: /statistik minggu, /statistik bulan, atau /statistik semua."), *_buttons(""))
    return Reply(state, (CountFigures(period),))


WHAT = T(
    "Yang dihitung: setiap kasus menurut hari masuknya, juga yang ditutup; yang digabung dihitung sekali, bersama "
    "kasus utamanya. Register yang diekspor memuat lebih sedikit: hanya temuan dan yang sudah diputus registrasinya."
)


def _buttons(shown: str) -> tuple[Option, ...]:
    return tuple(Option(label, f"/statistik {name}") for name, label in BUTTONS.items() if name != shown)


def figures_counted(state: State, event: FiguresCounted) -> Reply:
    """One message: the chart, and every number of it in words."""
    chart = _chart(event)
    now, before = chart.legend
    days = T("{now}, dibanding {before}", now=now, before=before) if before else now
    after = (*(("", chart.note) if chart.note else ()), *(("", WHAT) if chart.parts else ()))
    text = (chart.title, days, *_in_words(chart), *after)
    return Reply(state, (Send(text, _buttons(event.period), chart=chart, protect=True),))


def _chart(event: FiguresCounted) -> Chart:
    title = T("Angka {office} dan kantor di bawahnya") if event.below else T("Angka {office}")
    groups = event.groups
    totals = {"masuk": _total(groups["kind"]), REKOMENDASI: _total(groups["fate"])}
    parts = (
        (T("Jumlah"), totals, {"masuk": T("Informasi masuk"), REKOMENDASI: T("Rekomendasi")}),
        (T("Bentuk dugaan"), groups["kind"], OF_KIND),
        (T("Jabatan terlapor"), groups["position"], OF_POSITION),
        (T("Tindak lanjut rekomendasi"), groups["fate"], OF_FATE),
        (T("Tenggat kantor"), groups["limit"], OF_LIMIT),
    )
    bars = tuple((head, found) for head, counts, labels in parts if (found := _bars(counts, labels, event)))
    return Chart(T(title.msgid, office=event.office_name), _legend(event), bars, _note(event, empty=not bars))


def _legend(event: FiguresCounted) -> tuple[Value, Value]:
    """Which days each tone stands for."""
    first, middle, last = event.days
    if event.period == "semua":
        return T("sampai {last}", last=written(last)), ""
    return _from_to(middle, last), _from_to(first, middle - DAY)


def _from_to(first: date, last: date) -> T:
    begun = written(first).removesuffix(f" {last.year}")
    return T("{first} - {last}", first=begun, last=written(last))


def _note(event: FiguresCounted, *, empty: bool) -> Value:
    if not event.veiled:
        return T("Tidak ada yang dihitung pada hari-hari itu.") if empty else ""
    if empty:
        return T("Belum ada angka yang cukup besar untuk ditampilkan (paling sedikit {least}).", least=LEAST)
    return T(
        "Yang tidak tampil masing-masing kurang dari {least}. Angka lain per kelompok {least}, "
        "sampai hari Minggu yang lalu.",
        least=LEAST,
    )


def _total(counts: Counts) -> tuple[int, int]:
    return sum(now for now, _ in counts.values()), sum(before for _, before in counts.values())


def _bars(counts: Counts, labels: Mapping[str, T], event: FiguresCounted) -> tuple[Bar, ...]:
    """In the order of the labels; values of one label together, and none where there is nothing to show."""
    now, before = Counter[T](), Counter[T]()
    for value, (fresh, old) in counts.items():
        label = labels.get(value, UNKNOWN)
        now[label] += fresh
        before[label] += old
    least = LEAST if event.veiled else 1
    shown = [label for label in dict.fromkeys(labels.values()) if max(now[label], before[label]) >= least]
    if event.veiled:
        return tuple(_veiled(label, now[label], before[label]) for label in shown)
    return tuple(Bar(one, now[one], before[one], (_said(now[one]), _said(before[one]))) for one in shown)


def _said(number: int) -> str:
    """With points between thousands, as Indonesian has it."""
    return f"{number:,}".replace(",", ".")


def _veiled(label: T, now: int, before: int) -> Bar:
    """Both numbers as groups of five, so that no sum and no difference tells a small one."""
    floors = [number - number % LEAST for number in (now, before)]
    said = [f"{_said(floor)}-{_said(floor + LEAST - 1)}" if floor else f"<{LEAST}" for floor in floors]
    return Bar(label, floors[0], floors[1], (said[0], said[1]))


def _in_words(chart: Chart) -> Iterable[Value]:
    for head, bars in chart.parts:
        yield from ("", T("{head}:", head=head))
        for bar in bars:
            values = {"label": bar.label, "now": bar.said[0], "before": bar.said[1]}
            yield (
                T("• {label}: {now} (sebelumnya {before})", **values)
                if chart.legend[1]
                else T("• {label}: {now}", **values)
            )
