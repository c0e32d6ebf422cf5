"""The child process. It imports no library before its limits stand."""

import resource
import sys

from prongsai.files.cleaning import BOMB, MEMORY, NOT_CLEANED, PROCESSOR_SECONDS, Bomb, NotCleaned


def main(kind: str) -> int:
    _limit()
    try:
        from prongsai.files.cleaning.kinds import CLEANERS

        clean = CLEANERS[kind](sys.stdin.buffer.read())
    except (Bomb, MemoryError):
        return BOMB
    except NotCleaned:
        return NOT_CLEANED
    except Exception:
        # The libraries raise what they like for a broken file. What it said may quote the file: nothing is printed.
        return NOT_CLEANED
    sys.stdout.buffer.write(clean)
    return 0


def _limit() -> None:
    """No file is written, not even a core dump; memory and time end."""
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, MEMORY)):
        resource.setrlimit(what, (most, most))
    # The first limit ends it by SIGXCPU, which says why; only the second one by SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
