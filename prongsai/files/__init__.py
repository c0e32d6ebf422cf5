"""Files of sealed records: encrypted while they arrive, named and typed in secret, given out only by checked views.

===================  =====================================================================================
``upload``           ``SealedUploadHandler`` and ``SealedUpload``: what ``request.FILES`` holds
``checking``         whether an upload may be kept; ``kinds`` tells types by content
``examining``        ``checking``, virus scan and working copy of an upload, once
``scanning``         the virus scanner (``clamd``), files that wait for it
``working``          copies without hidden data; ``cleaning`` is the child process that makes them
``fields``           ``SealedFilesField``: several files that survive a form shown again
``holding``          handles for such files, and the clock's sweeping
``storing``          keep, describe, read, pass on to another record, remove
``unsealed``         where a record is not secret: in place of its envelope
``serving``          the download; ``zipping`` all files of a record as one
===================  =====================================================================================

Names are imported on first use, because this package is imported before Django's models are ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prongsai.files.checking import check
    from prongsai.files.errors import (
        BlobCorrupt,
        BlobMissing,
        FileHarmful,
        FileRemoved,
        FileUnavailable,
        HandleExpired,
    )
    from prongsai.files.examining import examine
    from prongsai.files.holding import from_handle, hold, sweep_incoming, sweep_orphans
    from prongsai.files.models import ScanState, SealedFile
    from prongsai.files.scanning import scan_opened, scan_waiting
    from prongsai.files.serving import serve
    from prongsai.files.storing import FileCard, describe, keep, meta_of, open_stream, pass_on, remove
    from prongsai.files.unsealed import UNSEALED
    from prongsai.files.upload import SealedUpload
    from prongsai.files.zipping import serve_zip

_HOMES = {
    "checking": ("check",),
    "errors": (
        "BlobCorrupt",
        "BlobMissing",
        "FileHarmful",
        "FileRemoved",
        "FileUnavailable",
        "HandleExpired",
    ),
    "examining": ("examine",),
    "holding": ("from_handle", "hold", "sweep_incoming", "sweep_orphans"),
    "models": ("ScanState", "SealedFile"),
    "scanning": ("scan_opened", "scan_waiting"),
    "serving": ("serve",),
    "storing": ("FileCard", "describe", "keep", "meta_of", "open_stream", "pass_on", "remove"),
    "unsealed": ("UNSEALED",),
    "upload": ("SealedUpload",),
    "zipping": ("serve_zip",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "UNSEALED",
    "BlobCorrupt",
    "BlobMissing",
    "FileCard",
    "FileHarmful",
    "FileRemoved",
    "FileUnavailable",
    "HandleExpired",
    "ScanState",
    "SealedFile",
    "SealedUpload",
    "check",
    "describe",
    "examine",
    "from_handle",
    "hold",
    "keep",
    "meta_of",
    "open_stream",
    "pass_on",
    "remove",
    "scan_opened",
    "scan_waiting",
    "serve",
    "serve_zip",
    "sweep_incoming",
    "sweep_orphans",
]


def __getattr__(name: str) -> Any:
    if home := _HOME_OF.get(name):
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
