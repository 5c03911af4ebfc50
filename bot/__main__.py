"""The command line: serve, invite, talk, place. Exit 0 done, 1 a check failed, 2 wrong use or settings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

ROLES = ("panwascam", "petugas", "koordinator", "auditor")


class Refusing(click.Group):
    """Wrong settings and wrong use end with one sentence and exit 2, whichever command met them."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command line and leave with its exit code."""
        from bot.config import WrongSettings  # noqa: PLC0415

        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except WrongSettings as error:
            code = _refused(f"{error.what} {error}")
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "jaganetral"
            code = _refused(f"Perintah keliru. {_wrong(error)} Lihat: {where} --help")
        except click.Abort:
            code = 1
        sys.exit(code)


def _refused(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 2


def _wrong(error: click.UsageError) -> str:
    """What is wrong with how a command was typed; the library says it in English."""
    about = getattr(error, "param", None)
    name = about.get_error_hint(error.ctx) if about is not None and error.ctx else ""
    match error:
        case click.MissingParameter():
            return f"Yang belum ada: {name}."
        case click.NoSuchOption():
            return f"Tidak ada pilihan {error.option_name}."
        case click.BadParameter():
            choices = getattr(getattr(about, "type", None), "choices", ())
            allowed = f" Yang dikenal: {', '.join(choices)}." if choices else ""
            return f"Nilai untuk {name} tidak dapat dipakai.{allowed}"
        case _:
            return "Perintah atau jumlah katanya tidak dikenal."


@click.group(cls=Refusing, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(ctx: click.Context) -> None:
    """JagaNetral: dari kata pertama warga sampai antrean Bawaslu yang tepat.

    Tanpa perintah: sama dengan `serve`.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(serve)


@main.command()
@click.option("--clock", type=click.Path(path_type=Path), help="Baca waktu dari berkas (hanya untuk latihan).")
@click.option("--office", default="RI", show_default=True, help="Kantor yang dibuka tautan PETUGAS.")
def serve(clock: Path | None = None, office: str = "RI") -> None:
    """Jalankan bot dan halaman web sampai dihentikan.

    Pengaturan dibaca dari lingkungan atau .env; daftarnya di docs/operations.md.
    """
    from bot.app import serve_forever  # noqa: PLC0415
    from bot.config import settings  # noqa: PLC0415
    from bot.place_version import use_live  # noqa: PLC0415

    use_live(settings())
    sys.exit(serve_forever(clock, office))


@main.command()
@click.argument("office")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Peran petugas yang diundang.")
@click.option("--kecamatan", default="", help="Nama atau kode kecamatan; wajib bagi panwascam.")
@click.option("--hours", type=click.IntRange(1, 720), default=72, show_default=True, help="Masa berlaku, jam.")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON: code, web, telegram, expires.")
def invite(office: str, role: str, kecamatan: str, hours: int, as_json: bool) -> None:
    """Buat undangan sekali pakai untuk petugas kantor OFFICE: kodenya (33.11, 33, RI) atau nama daerahnya."""
    from bot.config import settings  # noqa: PLC0415
    from bot.invitations import invite_once  # noqa: PLC0415
    from bot.place_version import use_live  # noqa: PLC0415

    use_live(settings())
    click.echo(invite_once(office, role, hours, kecamatan=kecamatan, as_json=as_json))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--write", is_flag=True, help="Tulis ulang berkas dengan jawaban bot yang sekarang.")
def talk(file: Path | None, write: bool) -> None:
    """Bercakap dengan bot di terminal, atau putar ulang FILE.chat (keluar 1 pada perbedaan pertama)."""
    from bot.talk import converse, replay  # noqa: PLC0415

    sys.exit(replay(file, write=write) if file else converse())


@main.command()
@click.option("--replay", metavar="VERSI", help="Coba peta VERSI pada kasus yang sudah masuk: siapa akan pindah.")
@click.option("--activate", metavar="VERSI", help="Jadikan peta VERSI yang dipakai sejak server dijalankan kembali.")
def place(replay: str | None, activate: str | None) -> None:
    """Cari kabupaten/kota: satu objek JSON sebaris masuk, {"lat":..,"lon":..} atau {"text":..}; satu sebaris keluar.

    Dengan --replay keluar 1 bila ada kasus yang akan pindah ke kabupaten/kota lain tanpa ditanyakan.
    """
    if replay is not None or activate is not None:
        sys.exit(_with_version(replay, activate))
    from bot.place_version import Where, use_live  # noqa: PLC0415
    from place.lines import run  # noqa: PLC0415

    use_live(Where())
    sys.exit(run(sys.stdin, sys.stdout))


@main.group()
def audit() -> None:
    """Rantai riwayat: setiap perubahan pada riwayat kasus ketahuan."""


@audit.command("head")
def audit_head() -> None:
    """Cetak kepala rantai (JSON); simpan di tempat yang tidak dijangkau pengelola basis data."""
    from bot import audit as chain  # noqa: PLC0415
    from bot.config import settings  # noqa: PLC0415

    click.echo(chain.head(settings()))


@audit.command("verify")
@click.option("--head", type=click.Path(path_type=Path), help="Berkas dengan kepala yang disimpan dahulu.")
def audit_verify(head: Path | None) -> None:
    """Periksa seluruh rantai riwayat; keluar 1 bila ada yang diubah, hilang, atau ditukar urutannya."""
    from bot import audit as chain  # noqa: PLC0415
    from bot.config import settings  # noqa: PLC0415

    holds, sentence = chain.verify(settings(), head)
    click.echo(sentence)
    sys.exit(0 if holds else 1)


def _with_version(replay: str | None, activate: str | None) -> int:
    from bot import place_trial, place_version  # noqa: PLC0415
    from bot.config import WrongUse  # noqa: PLC0415

    if replay is not None and activate is not None:
        raise WrongUse("Pakai salah satu: --replay atau --activate.")
    if replay is not None:
        return place_trial.replay(replay)
    click.echo(place_version.activate(activate or ""))
    return 0


if __name__ == "__main__":
    main()
