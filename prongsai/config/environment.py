"""What the surroundings say: environment variables, the data directory and its secret files.

Read once when settings are imported. Secrets are files of mode 0600 under ``<data>/secrets``; each is made on first
use and never printed. A value given by ``NAME_FILE`` must be readable, or start-up fails loudly.
"""

import os
import secrets as _secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message says which and what to do."""


def text(name: str, default: str | None = None) -> str | None:
    """The value of ``name``, or the content of the file that ``name_FILE`` names."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE={file}: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def path(name: str) -> Path | None:
    value = text(name)
    return Path(value).resolve() if value else None


def data_directory() -> Path:
    """``PRONGSAI_DATA``, by default ``./data`` beside the working directory. Not created here."""
    return Path(os.environ.get("PRONGSAI_DATA") or "data").resolve()


def secret(name: str, *, directory: Path, length: int = 48) -> str:
    """The secret called ``name``; made on first use, kept in a file that only its owner may read."""
    if value := text(f"PRONGSAI_{name.upper()}"):
        return value
    path = directory / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(_secrets.token_urlsafe(length))
    return path.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, object]:
    """Django's database settings for a libpq URL or conninfo string."""
    parts = conninfo_to_dict(url)
    options = {k: v for k, v in parts.items() if k not in {"dbname", "user", "password", "host", "port"}}
    return {
        "ENGINE": "prongsai.config.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": options,
    }


def thaid(issuer: str, client_id: str, client_secret: str) -> dict[str, object]:
    """allauth's settings for the provider of ThaID; without an issuer there is none."""
    if not issuer:
        return {}
    if not (client_id and client_secret):
        raise SettingsError(
            "PRONGSAI_THAID_ISSUER needs PRONGSAI_THAID_CLIENT_ID and PRONGSAI_THAID_CLIENT_SECRET"
        )
    if not issuer.startswith("https://") and urlsplit(issuer).hostname not in ("localhost", "127.0.0.1"):
        raise SettingsError("PRONGSAI_THAID_ISSUER must be an https:// address")
    app = {
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": False},
    }
    return {"thaid": {"APPS": [app]}}


def origins(*urls: str) -> list[str]:
    """Scheme, host and port of each address, as the content security policy names them."""
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, filter(None, urls))]


def mail(url: str, *, outbox: Path) -> dict[str, object]:
    """Django's mail settings for ``smtp://user:password@host:port/?tls=1`` (or ``ssl=1``); without a URL: files."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(outbox),
        }
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise SettingsError("PRONGSAI_SMTP_URL must look like smtp://user:password@host:587/?tls=1")
    options = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": "tls" in options,
        "EMAIL_USE_SSL": "ssl" in options,
        "EMAIL_TIMEOUT": 10,
    }
