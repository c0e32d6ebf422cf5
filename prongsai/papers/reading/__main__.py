"""The child process. It imports no library before its limits stand."""

import sys

from prongsai.files.limits import limit
from prongsai.papers.reading import (
    MEMORY,
    PROCESSOR_SECONDS,
    TOO_LARGE,
    TOO_MANY_PAGES,
    UNREADABLE,
    TooLarge,
    TooManyPages,
)


def main(task: str, what: str) -> int:
    limit(MEMORY, PROCESSOR_SECONDS)
    try:
        data = sys.stdin.buffer.read()
        if task == "cut":
            from prongsai.papers.reading.cutting import cut

            answer = cut(data, [int(number) for number in what.split(",")])
        else:
            from prongsai.papers.reading.codes import read

            answer = read(data, what)
    except (TooLarge, MemoryError):
        return TOO_LARGE
    except TooManyPages:
        return TOO_MANY_PAGES
    except Exception:
        # The libraries raise what they like for a broken file. What it said may quote the file: nothing is printed.
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
