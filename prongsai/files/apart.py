"""Taking apart what strangers sent, apart: a child process gets the plain bytes by a pipe, never by the disk.

The child limits itself (``limits``), so that what breaks in it breaks nothing else; here only its time is watched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from prongsai.files.stream import FRAME
from prongsai.files.upload import SealedUpload

_PACKAGES = str(Path(__file__).parent.parent.parent)


def run(
    module: str, *arguments: str, upload: SealedUpload, take: Callable[[bytes], object], seconds: float
) -> int:
    """Give ``upload`` to ``python -m module arguments``, its output to ``take`` part by part; how it ended.

    The child must read all before it writes: one side at a time is enough. It is killed after ``seconds``, and when
    ``take`` raises.
    """
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": _PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/",
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        clock = threading.Timer(seconds, child.kill)
        clock.start()
        try:
            try:
                for frame in upload.chunks():
                    child.stdin.write(frame)
                child.stdin.close()
            except BrokenPipeError:
                pass  # it has ended: its status says why
            while part := child.stdout.read(FRAME):
                take(part)
            return child.wait()
        except BaseException:
            child.kill()
            raise
        finally:
            clock.cancel()
