"""Forms that come at 2 KB/s, many at once, to the house itself and through the proxy of ``deploy/`` (C05, C02).

The proxy's limits are a hundredth of what they are, so that a form of twelve seconds outlasts each of them: they are limits of
silence, and none of them of length.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.complaints import blank, complain, filled
from tests.house import ROOT, House, free_port, wait_until
from tests.lines import FILM, Line, as_the_officer_sees_it, line
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("house")

STEPS, A_STEP, PART = 24, 0.5, 1024  # twelve seconds of 2 KB/s
SIZE = len(FILM) + STEPS * PART
MANY = 18  # more than the requests that the web server works on at a time
AROUND = """daemon off; master_process off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 64; }}
http {{ client_body_temp_path {place}/bodies; proxy_temp_path {place}/answers; fastcgi_temp_path {place}/1;
uwsgi_temp_path {place}/2; scgi_temp_path {place}/3;
{site} }}
"""


def site(house: House, port: int, place: Path) -> str:
    """``prongsai.conf`` without TLS, on ports of ours, and impatient."""
    text = (ROOT / "deploy" / "nginx" / "prongsai.conf").read_text()
    text = re.sub(r"(?m)^ +(ssl_\w+|listen \[::\]).*$", "", text)
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{house.port};",
        "/var/log/nginx": str(place),
        "_timeout 300s;": "_timeout 3s;",
    }.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def proxy(house: House, tmp_path: Path) -> Iterator[int | None]:
    """The port of a real nginx; None where there is none (then ``test_deploy`` has read its file)."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program is None:
        yield None
        return
    port, conf = free_port(), tmp_path / "nginx.conf"
    conf.write_text(AROUND.format(place=tmp_path, site=site(house, port, tmp_path)))
    running = subprocess.Popen([program, "-p", str(tmp_path), "-c", str(conf)])
    try:
        front = Visitor(f"http://127.0.0.1:{port}")
        wait_until(lambda: _answers(front), "nginx")
        yield port
        assert not list((tmp_path / "bodies").rglob("*")), "no plain byte lies on the proxy's disk"
    finally:
        running.terminate()
        running.wait()


def _answers(front: Visitor) -> bool:
    try:
        return front.get("/healthz").status == 200
    except OSError:
        return False


def test_C05_C02_forms_at_two_kilobytes_a_second_are_stored_and_keep_nobody_out(
    house: House, proxy: int | None
):
    with ExitStack() as stack:
        lines: list[tuple[Visitor, Line]] = []
        citizens = [Visitor(house.url) for _ in range(MANY)]
        forms = [
            filled(blank(citizen)) for citizen in citizens
        ]  # before any line is open: they may be silent for 3 s
        for number, (citizen, form) in enumerate(zip(citizens, forms, strict=True)):
            port = proxy if number == 0 else None
            opened = line(house, citizen, form, SIZE, port)
            lines.append((citizen, stack.enter_context(opened)))
            lines[-1][1].socket.sendall(FILM)
        for step in range(STEPS):
            time.sleep(A_STEP)
            for _citizen, slow in lines:
                slow.socket.sendall(bytes([step]) * PART)
            if step == STEPS // 2:
                assert complain(Visitor(house.url)).number, "meanwhile somebody else files"
        for citizen, slow in lines:
            slow.socket.sendall(slow.closing)
            answer = slow.answer()
            assert answer.startswith("HTTP/1.1 303"), answer[:2000]
            if slow in (lines[0][1], lines[-1][1]):
                _matter, download = as_the_officer_sees_it(house, citizen, answer)
                assert download.body == FILM + b"".join(bytes([step]) * PART for step in range(STEPS))
