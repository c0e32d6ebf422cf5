"""``make bench`` works and measures everything that was promised. How fast it was is not asked here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PROMISED = {
    "submission_rate", "form_and_submission_rate", "commits_rate", "commits_alone_rate",
    "kept_page_rate", "kept_page_p99", "fresh_page_rate", "fresh_page_p99",
    "first_view_bytes", "ledger_appends_rate", "ledger_verify_seconds",
}  # fmt: skip
NEVER = {
    "submissions_lost", "submissions_duplicates", "submissions_gaps", "submissions_repeated",
    "submission_errors", "page_errors",
}  # fmt: skip


def test_the_quick_bench_gives_every_figure_and_loses_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    said = json.loads(done.stdout)
    figures = said["figures"]

    assert "fsync on" in said["machine"]["postgresql"]
    assert set(figures) >= PROMISED | NEVER
    assert all(figures[key]["value"] > 0 for key in PROMISED)
    assert {key: figures[key]["value"] for key in NEVER} == dict.fromkeys(NEVER, 0)
    assert figures["submissions_stored"]["value"] == 24
    # One run, so figures stand beside each other.
    assert all(figures[key]["ratio"] for key in ("submission_rate", "kept_page_rate", "ledger_appends_rate"))
