"""The one table of settings: read once from the environment or .env, checked, frozen. Wrong ones are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

WORDS = {  # of pydantic's own refusals, by their type
    "int_parsing": "harus berupa bilangan bulat",
    "float_parsing": "harus berupa angka",
    "greater_than": "harus lebih dari {gt:g}",
    "greater_than_equal": "paling kecil {ge:g}",
    "less_than_equal": "paling besar {le:g}",
}
REAL_TELEGRAM = "https://api.telegram.org"


class WrongSettings(Exception):  # noqa: N818
    """Settings that cannot be served with; the words say which and what to do."""

    what = "Pengaturan keliru."


class WrongUse(WrongSettings):
    """A command that was given something it cannot work with."""

    what = "Perintah keliru."


class Settings(BaseSettings):
    """Every setting there is. The description is what `jaganetral serve --help` and docs/operations.md print."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="folder basis data, kunci, dan bukti")
    database_url: str = Field("", description="kosong: SQLite di DATA_DIR; postgresql://... untuk PostgreSQL")
    host: str = Field("127.0.0.1", description="alamat yang didengar")
    port: int = Field(8080, description="port yang didengar; 0: bebas", ge=0, le=65535)
    public_url: str = Field("", description="alamat halaman dari luar, misalnya https://lapor.contoh.id")
    telegram_token: str = Field("", description="token dari @BotFather; kosong: tanpa Telegram", repr=False)
    telegram_api_url: str = Field(REAL_TELEGRAM, description="pengganti api.telegram.org")
    telegram_webhook_secret: str = Field("", description="rahasia webhook; kosong: dibuat dari kunci", repr=False)
    telegram_rate: float = Field(29.5, description="pesan Telegram per detik, seluruhnya", gt=0)
    telegram_chat_rate: float = Field(1.0, description="pesan Telegram per detik ke satu orang", gt=0)
    calendar: Path | None = Field(None, description="berkas kalender tahapan (TOML) pengganti bawaan")
    cuti_bersama: Literal["kerja", "libur"] = Field("kerja", description="apakah cuti bersama dihitung hari kerja")
    hours: Path | None = Field(None, description="berkas jam kerja (TOML) pengganti bawaan")
    reminders: Path | None = Field(None, description="berkas tangga pengingat (TOML) pengganti bawaan")
    draft_days: int = Field(30, description="umur draf, hari", ge=1, le=365)
    morning_hour: int = Field(8, description="jam ringkasan pagi di setiap kantor, waktu setempat", ge=0, le=23)
    offer_hours: int = Field(24, description="lama kantor lain boleh menjawab tawaran kasus, jam", ge=1, le=720)

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _http(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.netloc):
            msg = "harus berupa alamat http:// atau https://"
            raise ValueError(msg)
        return url.rstrip("/")

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, token: str) -> str:
        number, _, secret = token.partition(":")
        if token and (not number.isdigit() or len(secret) < 10):  # noqa: PLR2004 - real ones have 35
            msg = "bukan token bot Telegram (angka, titik dua, rahasia)"
            raise ValueError(msg)
        return token

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, secret: str) -> str:
        fine = secret.replace("_", "").replace("-", "").isalnum() and 16 <= len(secret) <= 256  # noqa: PLR2004
        if secret and not fine:
            msg = "harus 16 sampai 256 huruf, angka, garis bawah, atau tanda hubung"
            raise ValueError(msg)
        return secret

    @field_validator("calendar", "hours", "reminders")
    @classmethod
    def _file(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            msg = f"berkas {path} tidak ada"
            raise ValueError(msg)
        return path

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        if url and url.partition("://")[0] not in {"postgres", "postgresql", "postgresql+asyncpg", "sqlite"}:
            msg = "harus berawalan postgresql:// atau dikosongkan"
            raise ValueError(msg)
        return url

    @model_validator(mode="after")
    def _webhook(self) -> Settings:
        if self.telegram_webhook_secret and not self.public_url:
            msg = "TELEGRAM_WEBHOOK_SECRET memerlukan PUBLIC_URL"
            raise ValueError(msg)
        return self

    @property
    def webhook(self) -> bool:
        """Telegram calls us, instead of our asking it: it calls only https (Bot API, setWebhook), or as we are told."""
        called = self.telegram_webhook_secret or self.public_url.startswith("https://")
        return bool(self.telegram_token and self.public_url and called)

    @property
    def real_platform(self) -> bool:
        """A real platform would hear what is said: no rehearsal then."""
        host = urlsplit(self.telegram_api_url).hostname or ""
        return bool(self.telegram_token) and host not in {"localhost", "127.0.0.1", "::1"}


def settings(**overrides: Any) -> Settings:
    """The settings of this process. Raises WrongSettings with one sentence for each that is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        sentences = []
        for wrong in error.errors(include_input=False, include_url=False):
            name = ".".join(str(part) for part in wrong["loc"]).upper()
            plain = WORDS.get(wrong["type"], "").format(**wrong.get("ctx", {}))
            words = plain or wrong["msg"].removeprefix("Value error, ")
            sentences.append(f"{name}: {words}." if name else f"{words}.")
        raise WrongSettings(" ".join(sentences)) from None
