"""PostgreSQL as a part of the house: found, set up, started, watched and stopped by Prongsai itself.

    with PostgresServer(Path("data")) as server:
        server.dsn("app")                       # in the process that supervises
    attach(Path("data")).dsn("owner")           # in any other process of the same user

Recommended for a first run, small offices and tests. A province in production sets `DATABASE_URL` to a server from
its distribution, which then gets security updates with the system.
"""

from .access import Access, Role, attach
from .binaries import Binaries
from .errors import (
    AlreadyRunning,
    BinariesNotFound,
    DataDirectoryError,
    IdentityError,
    NotRunning,
    PostgresError,
    SocketPathError,
    StartFailed,
    WrongMajorVersion,
)
from .server import PostgresServer

__all__ = [
    "Access",
    "AlreadyRunning",
    "Binaries",
    "BinariesNotFound",
    "DataDirectoryError",
    "IdentityError",
    "NotRunning",
    "PostgresError",
    "PostgresServer",
    "Role",
    "SocketPathError",
    "StartFailed",
    "WrongMajorVersion",
    "attach",
]
