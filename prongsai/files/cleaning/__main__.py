"""The child process. It imports no library before its limits stand."""

import sys

from prongsai.files.cleaning import BOMB, MEMORY, NOT_CLEANED, PROCESSOR_SECONDS, Bomb, NotCleaned
from prongsai.files.limits import limit


def main(kind: str) -> int:
    limit(MEMORY, PROCESSOR_SECONDS)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
