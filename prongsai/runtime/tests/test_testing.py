"""The server of a test session, also under pytest-xdist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from prongsai.runtime.testing import ENVIRONMENT

CONFTEST = """
from prongsai.runtime.testing import start_for_session
def pytest_configure(config):
    start_for_session()
"""

TESTS = """
import os, pathlib, psycopg, pytest
@pytest.mark.parametrize("number", range(8))
def test(number, worker_id):
    dsn = os.environ["PRONGSAI_TEST_DATABASE_URL"]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE test_{number}")
        directory = connection.execute("SHOW data_directory").fetchone()[0]
    with pathlib.Path("seen").open("a") as file:
        file.write(f"{worker_id} {directory}\\n")
"""


def test_all_xdist_workers_share_one_server_which_leaves_nothing(tmp_path: Path):
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", ENVIRONMENT))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n2", "-p", "no:django", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen = [line.split() for line in (tmp_path / "seen").read_text().splitlines()]
    assert len(seen) == 8
    assert {worker for worker, _ in seen} == {"gw0", "gw1"}
    (directory,) = {directory for _, directory in seen}
    assert not Path(directory).parents[1].exists()
