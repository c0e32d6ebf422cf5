"""``python -m prongsai.notices.returned < report``: a mail came back. For the pipe of a mail system's alias.

Ends with 0 also when the report is none of ours, so that the mail system does not send it back in turn; with 75
(EX_TEMPFAIL) when the database does not answer, so that it tries again.
"""

import os
import sys

TRY_AGAIN = 75
LONGEST = 1024 * 1024


def main() -> int:
    import django
    from django.db import OperationalError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    django.setup()
    from prongsai.notices.undelivered import returned

    try:
        returned(sys.stdin.buffer.read(LONGEST))
    except OperationalError:
        return TRY_AGAIN
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
