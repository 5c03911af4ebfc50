"""The conversation in which a citizen reports what they saw. Read it top to bottom: it is the talk itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import answers as a
from handlers import changing, hints, places, summary
from handlers.consent import consent
from handlers.effects import FileReport, FindPlace, T
from handlers.flow import Flow
from handlers.pelapor import SEXES, WNI, formal_named, name_question, read_email, read_name, read_phone
from handlers.questions import Choice, ask, choose, house
from handlers.reading.words import guess_kind
from handlers.speech import IDENTITIES, KINDS, POSITIONS

if TYPE_CHECKING:
    from handlers.state import Answers

SEND_NOW = Choice("kirim", T("Kirim sekarang"), ("kirim", "kirim saja"))
NOW = (SEND_NOW,)
SKIP = Choice("-", T("Lewati"), ("lewati", "skip", "lewat"))


def _needs_place(answers: Answers) -> bool:
    return "place" not in answers and not ("place_options" in answers and "place_said" not in answers)


def _place_was_plain(answers: Answers) -> bool:
    """Two questions about the place are enough for one talk, which has at most twelve turns: officers can tell this."""
    return not {"place_options", "place_said"} <= answers.keys()


def _formal(answers: Answers) -> bool:
    return bool(answers.get("formal"))


def _named(answers: Answers) -> bool:
    return answers.get("identity") == "kontak" or (_formal(answers) and answers.get("identity") != "anonim")


report = Flow(
    "report",
    (
        consent(),
        changing.change("ubah_apa"),
        ask(
            "story",
            T("Ceritakan apa yang Anda lihat: siapa, melakukan apa, di mana, kapan. Boleh singkat saja."),
            a.read_story,
        ),
        choose(
            "pilkades",
            T(
                "Sepertinya ini tentang Pilkades (pemilihan kepala desa). Pilkades diurus pemerintah kabupaten "
                "(Dinas Pemberdayaan Masyarakat dan Desa atau Inspektorat), bukan Bawaslu; mohon disampaikan ke "
                "sana. Apakah yang Anda lihat memang tentang Pilkades?"
            ),
            Choice("ya", T("Ya, Pilkades"), ("ya", "betul")),
            Choice("bukan", T("Bukan, lanjutkan"), ("bukan", "tidak", "lanjut")),
            when=a.about_pilkades,
        ),
        house(
            "story_place",
            lambda s: FindPlace("story", text=s.answers["story"]),
            places.place_in_story,
            _needs_place,
        ),
        hints.at_the_photo(extra=NOW),
        ask(
            "place_said",
            T(
                "Di mana kejadiannya? Ketik nama kabupaten atau kota (boleh dengan desa dan kecamatannya), "
                "atau bagikan lokasi bila Anda masih di tempat kejadian."
            ),
            places.read_place,
            choices=(places.NOWHERE,),
            extra=NOW,
            when=_needs_place,
            optional=True,
            asks="place",
            point=places.read_point,
        ),
        house("place_found", places.find_place, places.place_found, lambda answers: "place_said" in answers),
        places.choose_place(extra=NOW),
        choose(
            "kind",
            T("Apa yang terjadi? Pilih yang paling mendekati."),
            *(Choice(value, label, a.KIND_WORDS.get(value, ())) for value, label in KINDS.items()),
            extra=NOW,
            guess=lambda text, _: guess_kind(text),
            optional=True,
        ),
        ask(
            "terlapor",
            T(
                "Siapa yang melakukannya? Tulis nama atau jabatannya, dan kantornya. Contoh: "
                "Camat Grogol, atau Pak Budi, guru SMP 2. Jabatan saja sudah cukup."
            ),
            a.read_terlapor,
            choices=a.doers,
            extra=NOW,
            optional=True,
        ),
        house("terlapor_place", hints.find_office, hints.office_found, lambda answers: bool(answers.get("terlapor"))),
        choose(
            "position",
            T("Setahu Anda, apakah dia ASN atau yang lain?"),
            *(Choice(value, label, a.POSITION_WORDS[value]) for value, label in POSITIONS.items()),
            extra=NOW,
            guess=a.guess_of_position,
            when=_place_was_plain,
            optional=True,
        ),
        ask(
            "happened",
            T("Kapan kejadiannya? Contoh: kemarin sore, Selasa lalu, atau 12/9/2024."),
            a.read_happened,
            choices=(a.ONGOING, a.TODAY, a.YESTERDAY, a.FORGOTTEN),
            extra=NOW,
            optional=True,
        ),
        ask(
            "known",
            T(
                "Kapan Anda mengetahuinya? Batas waktu Laporan resmi dihitung sejak hari Anda tahu, bukan sejak hari "
                "kejadian."
            ),
            a.read_known,
            choices=a.known_days,
            extra=NOW,
            optional=True,
        ),
        a.attach(
            "evidence",
            T(
                "Ada bukti? Kirim foto, video, rekaman suara, dokumen, atau tautan; sampai sepuluh, boleh sekaligus, "
                "dan boleh menyusul kapan saja sebelum dikirim."
            ),
            choices=(
                Choice(
                    "tidak ada",
                    T("Tidak ada bukti"),
                    ("tidak", "tidak punya", "belum ada", "tidak ada lagi", "tidak ada bukti lain"),
                ),
            ),
            extra=NOW,
        ),
        ask(
            "witness",
            T(
                "Apakah ada orang lain yang melihatnya? Tulis nama atau keterangannya, misalnya: dua warga RT 3. "
                "Petugas dapat membaca yang Anda tulis; keterangan tanpa nama pun cukup."
            ),
            a.read_witness,
            choices=(
                Choice(
                    "tidak ada",
                    T("Tidak ada saksi"),
                    ("tidak", "belum ada", "tidak ada lagi", "tidak ada orang lain", "tidak ada bukti lain"),
                ),
            ),
            extra=NOW,
            optional=True,
        ),
        choose(
            "identity",
            lambda _: summary.WHO_SEES_WHAT,
            *(Choice(value, label, a.IDENTITY_WORDS[value]) for value, label in IDENTITIES.items()),
            extra=NOW,
            optional=True,
        ),
        ask(
            "pelapor_nama",
            name_question,
            read_name,
            choices=(SKIP,),
            when=_named,
        ),
        ask("pelapor_hp", T("Nomor HP yang dapat dihubungi?"), read_phone, choices=(SKIP,), when=_named),
        ask("pelapor_alamat", T("Alamat Anda?"), choices=(SKIP,), when=formal_named),
        ask("pelapor_lahir", T("Tempat dan tanggal lahir Anda?"), choices=(SKIP,), when=formal_named),
        choose("pelapor_kelamin", T("Jenis kelamin Anda?"), *SEXES, SKIP, when=formal_named),
        ask("pelapor_pekerjaan", T("Pekerjaan Anda?"), choices=(SKIP,), when=formal_named),
        ask("pelapor_warga", T("Kewarganegaraan Anda?"), choices=(WNI, SKIP), when=formal_named),
        ask("pelapor_email", T("Alamat e-mail Anda, bila ada?"), read_email, choices=(SKIP,), when=formal_named),
        ask(
            "terlapor_alamat",
            T("Alamat terlapor? Nama desa, dusun, atau kantornya sudah cukup."),
            choices=(SKIP,),
            when=_formal,
        ),
        summary.review("review"),
        house(
            "filed",
            lambda s: FileReport(
                {key: value for key, value in s.answers.items() if key not in {"opened", "draft", "first"}}
            ),
            a.filed,
            lambda answers: answers.get("review") == "kirim",
        ),
    ),
    hurried=lambda answers: answers.get("review") == "kirim",
    settle=changing.settle,
)
