"""One encrypted file that holds an installation: its database, its sealed files, and a manifest of both.

Nothing plain ever reaches the disk, and memory stays flat whatever the size. Needs no Django: what the rows of the
database mean (which files belong to it, which checkpoint the ledger had) is told by the caller.

=============  ====================================================================
``sealing``    age: who may open it (recipients, or a passphrase)
``archive``    the tar stream inside: header, files, database, index, manifest
``programs``   pg_dump and pg_restore, of the right version, without plain passwords
``making``     a consistent copy into a file
``restoring``  into an empty place, all or nothing
``shelf``      the directory of nightly copies: newest, age, which to keep
=============  ====================================================================
"""

from .errors import BackupError, Damaged, NotEmpty, Refused
from .making import Content, Source, make
from .restoring import Target, differences, restore
from .sealing import Key, Lock, make_identity, needs_passphrase
from .shelf import Shelf

__all__ = [
    "BackupError",
    "Content",
    "Damaged",
    "Key",
    "Lock",
    "NotEmpty",
    "Refused",
    "Shelf",
    "Source",
    "Target",
    "differences",
    "make",
    "make_identity",
    "needs_passphrase",
    "restore",
]
