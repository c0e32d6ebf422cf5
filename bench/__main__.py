"""``python -m bench [--quick] [--only NAME] [--json]``: start the house, measure, print.

A missed goal of speed may be the machine's. A lost complaint, a number given twice or a wrong answer is a fault: then it
ends with status 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import care, documents, first_view, killing, million, pages, pgbench, rows, submissions
from bench.house import House
from bench.load import CLIENTS
from bench.report import Figure, as_json, as_table, at_least, at_most, machine, never


@dataclass(frozen=True)
class Size:
    """How much of everything: the full run takes some fifteen minutes, the quick one proves that all of it works."""

    submissions: int
    page_seconds: float
    commit_seconds: int
    entries: int
    appends: int
    rows: int
    requests: int
    papers: int
    backup_mb: int


FULL = Size(
    submissions=1_000,
    page_seconds=5,
    commit_seconds=10,
    entries=1_000_000,
    appends=1_000,
    rows=100_000,
    requests=120,
    papers=60,
    backup_mb=1024,
)
QUICK = Size(
    submissions=24,
    page_seconds=0.5,
    commit_seconds=1,
    entries=2_000,
    appends=50,
    rows=2_000,
    requests=8,
    papers=3,
    backup_mb=16,
)


class Bench:
    """The measurements of one house, in the order in which they are made."""

    def __init__(self, house: House, size: Size) -> None:
        self.house, self.size = house, size
        self._commits: pgbench.Commits | None = None

    @property
    def commits(self) -> pgbench.Commits:
        """Measured once; both submissions and the ledger stand beside it."""
        if self._commits is None:
            self._commits = pgbench.run(self.house, seconds=self.size.commit_seconds, clients=CLIENTS)
        return self._commits

    def first_view(self) -> list[Figure]:
        view = first_view.measure(self.house.port)
        note = f"{len(view.bytes_of)} files; the page itself {next(iter(view.bytes_of.values())):,} bytes"
        return [
            at_most("first_view_bytes", "first view, gzip and fonts included", view.total, "bytes", 100_000, note=note)
        ]  # fmt: skip

    def pages(self) -> list[Figure]:
        found = pages.run(self.house, seconds=self.size.page_seconds)
        kept, fresh, clause = (found[name] for name in ("home_kept", "home_fresh", "clause_fresh"))
        ratio = f"{kept.run.per_second / fresh.run.per_second:,.0f} × fresh"
        wrong = [text for page in found.values() for text in page.run.unexpected]
        return [
            at_least("kept_page_rate", "public page, kept", kept.run.per_second, "/s", 1_500, ratio=ratio, note=_cpu(kept.cpu)),
            Figure("kept_page_p99", "    its p99", kept.run.percentile(0.99), "ms"),
            Figure("fresh_page_rate", "public page, made anew (home)", fresh.run.per_second, "/s", note=_cpu(fresh.cpu)),
            Figure("fresh_page_p99", "    its p99", fresh.run.percentile(0.99), "ms"),
            Figure("fresh_clause_rate", "public page, made anew (a clause)", clause.run.per_second, "/s", note=_cpu(clause.cpu)),
            Figure("fresh_clause_p99", "    its p99", clause.run.percentile(0.99), "ms"),
            never("page_errors", "pages answered wrongly", len(wrong), note="; ".join(wrong[:1])),
        ]  # fmt: skip

    def submissions(self) -> list[Figure]:
        commits = self.commits
        run = submissions.run(self.house, count=self.size.submissions)
        rate, count = run.posts.per_second, len(run.posts.latencies)
        both = count / (run.posts.seconds + run.forms.seconds)
        ratio = f"{rate / commits.together:.1%} of commits"
        cpu = _cpu(None if run.posts_cpu is None else 1000 * run.posts_cpu / count)
        wrong = [*run.forms.unexpected, *run.posts.unexpected, *run.receipts.unexpected]
        return [
            Figure("commits_rate", f"pgbench commits, {CLIENTS} clients", commits.together, "/s", note="one inserted row each"),
            Figure("commits_alone_rate", "pgbench commits, one after another", commits.alone, "/s",
                   note="running numbers without gaps are taken one after another"),
            at_least("submission_rate", f"complaints stored, {CLIENTS} clients", rate, "/s", 100, ratio=ratio,
                     note=f"the forms were opened before (POST alone); {count} sent after {submissions.WARM_UP} that are not counted; {cpu}"),
            Figure("submission_p99", "    their p99", run.posts.percentile(0.99), "ms"),
            Figure("form_and_submission_rate", "complaints with opening the form", both, "/s",
                   ratio=f"{both / rate:.0%} of POST alone"),
            Figure("submissions_stored", "complaints found in the database", run.stored, "",
                   note="case, receipt, sealed identity and ledger entry, looked for after the run"),
            never("submissions_lost", "receipts without a stored complaint", run.lost),
            never("submissions_duplicates", "numbers given twice", run.duplicates),
            never("submissions_gaps", "gaps in the running numbers", run.gaps),
            never("submissions_repeated", "complaints made by sending a form twice", run.repeated),
            never("submission_errors", "requests answered wrongly", len(wrong), note="; ".join(wrong[:1])),
        ]  # fmt: skip

    def ledger(self) -> list[Figure]:
        run = million.run(self.house, entries=self.size.entries, appends=self.size.appends)
        ratio = f"{run.appends / self.commits.together:.0%} of commits"
        verify = "ledger_verify_seconds", f"verification of {run.entries:,} entries"
        return [
            Figure("ledger_appends_rate", "ledger entries appended, each a commit", run.appends, "/s", ratio=ratio),
            Figure("ledger_integrated_rate", "ledger entries brought into the tree", run.integrated, "/s"),
            at_most(*verify, run.verify_seconds, "s", 30, ratio=f"{run.entries / run.verify_seconds:,.0f}/s"),
        ]  # fmt: skip

    def rows(self) -> list[Figure]:
        run = rows.run(self.house, rows=self.size.rows, requests=self.size.requests)
        title = f"a register of {run.count:,} rows"
        listed, found = rows.percentile(run.list_ms, 0.95), rows.percentile(run.search_ms, 0.95)
        return [
            at_most("list_p95", f"{title}: any page, sorted any way, p95", listed, "ms", 200, note="a whole page over HTTP"),
            at_most("search_p95", "    Thai search, first page, p95", found, "ms", 50,
                    note=f"a whole page over HTTP; of it in the database {rows.percentile(run.search_db_ms, 0.95):.0f} ms"),
            Figure("workbook_seconds", "    its XLSX", run.workbook_seconds, "s"),
            at_most("workbook_peak", "    memory of the process that writes it", run.workbook_peak_mb, "MB", 200),
            never("row_errors", "requests answered wrongly", len(run.unexpected), note="; ".join(run.unexpected[:1])),
        ]  # fmt: skip

    def papers(self) -> list[Figure]:
        made = documents.run(self.size.papers)
        return [
            at_most("pdf_page", "PDF, a page", made["pdf_ms_a_page"], "ms", 50, note=f"{made['pdf_cpu_ms_a_page']} ms of processor time"),
            Figure("docx_paper", "    DOCX, a paper of two pages", made["docx_ms"], "ms"),
            Figure("html_paper", "    HTML, a paper of two pages", made["html_ms"], "ms"),
        ]  # fmt: skip

    def killing(self) -> list[Figure]:
        run = killing.run(self.house, count=self.size.submissions)
        return [
            Figure("killed_shown", "receipts shown while parts of the house were killed (-9)", run.shown, "",
                   note=f"killed: {', '.join(run.kills)}; {run.tries} tries without an answer"),
            Figure("killed_longest", "    the longest wait for one", run.longest, "s"),
            never("killed_lost", "    receipts that were shown and are gone", run.lost),
            never("killed_changed", "    copies of which a byte is another", run.changed),
            never("killed_twice", "    complaints or numbers that exist twice", run.duplicates),
            never("killed_gaps", "    gaps in the running numbers", run.gaps),
            never("killed_given_up", "    people who gave up after two minutes", run.given_up),
        ]  # fmt: skip

    def backup(self) -> list[Figure]:
        run = care.run(self.size.backup_mb)
        return [
            Figure("backup_seconds", f"backup of {self.size.backup_mb:,} MB", run["backup_seconds"], "s",
                   ratio=f"{run['backup_mb_a_second']} MB/s", note=f"peak {run['backup_peak_mb']} MB"),
            Figure("restore_seconds", "    restore and comparison", run["restore_seconds"], "s",
                   ratio=f"{run['restore_mb_a_second']} MB/s", note=f"peak {run['restore_peak_mb']} MB"),
        ]  # fmt: skip


PARTS: dict[str, Callable[[Bench], list[Figure]]] = {
    "first_view": Bench.first_view,
    "pages": Bench.pages,
    "submissions": Bench.submissions,
    "ledger": Bench.ledger,
    "killing": Bench.killing,
    "rows": Bench.rows,
    "papers": Bench.papers,
    "backup": Bench.backup,
}


def _cpu(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.2f} ms of the web server's processor time each"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="small sizes: everything works, figures mean little"
    )
    parser.add_argument(
        "--only", choices=list(PARTS), action="append", help="only this part (may be repeated)"
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON, and nothing else")
    args = parser.parse_args()

    start, figures = time.perf_counter(), []
    with House() as house:
        with house.connect() as connection:
            version, fsync = connection.execute(
                "SELECT current_setting('server_version'), current_setting('fsync')"
            ).fetchone()
        where = machine(f"{version}, fsync {fsync}")
        bench = Bench(house, QUICK if args.quick else FULL)
        for name, part in PARTS.items():
            if not args.only or name in args.only:
                print(f"… {name}", file=sys.stderr, flush=True)
                figures += part(bench)
    seconds = time.perf_counter() - start
    print((as_json if args.json else as_table)(figures, where, seconds))
    return 1 if any(figure.is_fault for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
