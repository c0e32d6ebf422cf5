"""How the log is written: lines for people, or a JSON object a line for machines (``PRONGSAI_LOG=json``).

The JSON log holds no personal data: an address is shown without its query and with numbers, tokens and Thai text masked;
network and mail addresses are taken out; an exception is its type and where it was raised, never its text, because
texts of databases quote rows.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from contextvars import ContextVar
from pathlib import Path
from typing import Any

current_request: ContextVar[str] = ContextVar("current_request", default="")

FRAMES = 12  # the innermost of a traceback
_ADDRESS = re.compile(r"(?:https?://[^\s/]+)?(/[^\s\"'<>]*)")
_PLAIN_PART = re.compile(r"[a-z][a-z_-]{0,30}(\.[a-z]{1,5})?")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_NETWORK = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}(?![\w:])"
)


def mask(text: str) -> str:
    """The same without mail and network addresses, and with the paths in it masked."""
    text = _MAIL.sub("[mail]", text)
    text = _NETWORK.sub("[address]", text)
    return _ADDRESS.sub(lambda found: mask_path(found[1]), text)


def mask_path(path: str) -> str:
    """``/office/records/1234/?q=x`` → ``/office/records/:id/``: only plain words of an address are kept."""
    parts = re.split(r"[?#]", path, maxsplit=1)[0].split("/")
    return "/".join(part if not part or _PLAIN_PART.fullmatch(part) else ":id" for part in parts)


class JsonFormatter(logging.Formatter):
    """One object a line: at (UTC), level, logger, request, message, the caller's ``fields``, error, where."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage().splitlines()[0] if record.getMessage() else ""),
        }
        if number := current_request.get():
            entry["request"] = number
        entry |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            entry["error"] = record.exc_info[0].__qualname__
            entry["where"] = [_frame(frame) for frame in traceback.extract_tb(record.exc_info[2])[-FRAMES:]]
        return json.dumps(entry, ensure_ascii=False)


def _frame(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"


def configuration(*, as_json: bool) -> dict[str, Any]:
    """For Django's ``LOGGING``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": "prongsai.config.logs.JsonFormatter"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line"}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Django's own handlers print in its own form and, for errors, with the whole request.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "prongsai.requests": {"level": "INFO" if as_json else "WARNING"},
        },
    }
