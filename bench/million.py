"""The ledger at size: ``bench/ledger.py`` in a process of its own, on an empty database of the same server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.house import House

DATABASE = "bench_ledger"


@dataclass(frozen=True)
class Ledger:
    entries: int
    appends: float  # a second, several connections, each entry a transaction
    integrated: float  # entries a second brought into the tree
    verify_seconds: float  # every row, leaf and commitment, the tree and its checkpoint


def run(house: House, *, entries: int, appends: int) -> Ledger:
    house.scratch_database(DATABASE)
    try:
        program, processes = Path(__file__).with_name("ledger.py"), os.cpu_count() or 1
        done = subprocess.run(
            [sys.executable, program, *map(str, (entries, appends, processes))],
            env={**house.environment, "DATABASE_URL": house.access.dsn("superuser", DATABASE)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        said = json.loads(done.stdout)
    finally:
        house.drop_database(DATABASE)
    together = [value for key, value in said.items() if key.startswith("appends_per_second")]
    verified = [value for key, value in said.items() if key.startswith("verify_seconds")]
    return Ledger(entries, max(together), said["integrated_per_second"], min(verified))
