"""``prongsai check``, ``prongsai doctor`` and ``prongsai verify``: is this installation in order, and does the ledger hold?"""

from __future__ import annotations

import sys

from prongsai import ledger
from prongsai.cli.findings import Finding, Level, gather


def check() -> int:
    """One line per finding. Returns 0 when nothing is wrong, else 1."""
    worst = 0
    for finding in gather():
        worst |= finding.level is Level.WRONG
        hint = "" if finding.level is Level.FINE else f" → {finding.mend.splitlines()[0]}"
        print(f"{finding.level} {finding.what}: {finding.found}{hint}")
    return worst


def doctor() -> int:
    """Only what is not as it should be, the worst first: why it matters, and what to do. Returns as ``check`` does."""
    found = [finding for finding in gather() if finding.level is not Level.FINE]
    if not found:
        print("ทุกอย่างเรียบร้อย ไม่มีสิ่งใดต้องทำ")
        return 0
    found.sort(key=lambda finding: finding.level is not Level.WRONG)
    print("\n\n".join(map(_advise, found)))
    return int(found[0].level is Level.WRONG)


def _advise(finding: Finding) -> str:
    degree = "ต้องแก้ไข" if finding.level is Level.WRONG else "ควรทำ"
    lines = [f"{finding.level} {degree} — {finding.what}: {finding.found}", f"    เหตุผล: {finding.why}"]
    first, *rest = finding.mend.splitlines()
    return "\n".join([*lines, f"    วิธีทำ:  {first}", *(f"            {line}" for line in rest)])


def verify_ledger() -> int:
    """Recompute the whole ledger, with progress. Returns 0 when it holds, 1 with the first broken row when not."""

    def progress(done: int, total: int) -> None:
        print(f"\r{done:,} / {total:,}", end="", file=sys.stderr, flush=True)

    verification = ledger.verify(progress)
    print(file=sys.stderr)
    print(verification.message_th)
    return 0 if verification.ok else 1
