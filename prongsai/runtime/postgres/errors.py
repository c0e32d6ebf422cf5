"""What can go wrong with the embedded server. Every message says what to do next."""

from __future__ import annotations


class PostgresError(RuntimeError):
    """The root of all errors of this package; `str(error)` can be shown to an operator as it is."""


class BinariesNotFound(PostgresError):
    """No usable PostgreSQL programs on this machine."""


class WrongMajorVersion(PostgresError):
    """The data directory belongs to a major version whose programs are not installed."""


class DataDirectoryError(PostgresError):
    """The data directory cannot be written, read or reached."""


class SocketPathError(PostgresError):
    """No directory is short and private enough for the Unix socket."""


class IdentityError(PostgresError):
    """There is no unprivileged OS identity under which the server could run."""


class AlreadyRunning(PostgresError):
    """Another process supervises, or serves, this data directory."""


class NotRunning(PostgresError):
    """No server runs on this data directory."""


class StartFailed(PostgresError):
    """PostgreSQL (or initdb, or a dump and restore) ended with an error; the message carries its own words."""
