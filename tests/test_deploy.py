"""The files for production name what exists: commands, paths, settings, units. (No engine runs them here.)"""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml

from prongsai.cli.command import parser
from tests.house import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALLED = "/opt/prongsai"
NOT_OURS = {"PROMETHEUS_MULTIPROC_DIR", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"}


def sections(unit: Path) -> configparser.RawConfigParser:
    found = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read_string(unit.read_text())
    return found


def is_command(words: list[str]) -> bool:
    try:
        parser().parse_args(words)
    except SystemExit:
        return False
    return True


def known_variables() -> set[str]:
    """What the program reads from its surroundings, by its sources."""
    text = "".join(
        path.read_text() for path in (ROOT / "prongsai").rglob("*.py") if "tests" not in path.parts
    )
    return set(re.findall(r"[\"']((?:PRONGSAI_|WEB_|DATABASE_)[A-Z_]+|HOST|PORT)[\"']", text))


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda u: u.name)
def test_a_service_starts_a_command_of_ours_and_only_needs_what_is_there(unit: Path):
    told = sections(unit)
    program, *words = shlex.split(told["Service"]["ExecStart"])
    assert program == f"{INSTALLED}/.venv/bin/prongsai" and is_command(words)
    assert told["Service"]["User"] == "prongsai" and told["Service"]["NoNewPrivileges"] == "yes"
    for name in re.findall(r"^EnvironmentFile=(\S+)", unit.read_text(), re.MULTILINE):
        assert (DEPLOY / f"{Path(name).name}.example").is_file()
    for key in ("After", "Requires"):
        for other in told["Unit"].get(key, "").split():
            if other.startswith("prongsai"):
                assert (DEPLOY / "systemd" / other).is_file()


def test_the_timer_has_its_service_and_every_unit_is_explained():
    assert (DEPLOY / "systemd" / "prongsai-backup.service").is_file()
    assert sections(DEPLOY / "systemd" / "prongsai-backup.timer")["Timer"]["Persistent"] == "yes"
    handbook = (ROOT / "docs" / "operate.md").read_text()
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert path.name in handbook, path


def test_settings_are_settings():
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    named = {name for service in compose["services"].values() for name in service.get("environment", {})}
    for example in DEPLOY.glob("*.example"):
        named |= set(re.findall(r"^#?([A-Z_]+)=", example.read_text(), re.MULTILINE))
    named |= set(re.findall(r"^ENV.*\b(PRONGSAI_\w+)", (DEPLOY / "container" / "Containerfile").read_text()))
    known = known_variables()
    assert len(named) > 12
    assert {name for name in named - NOT_OURS if name.removesuffix("_FILE") not in known} == set()


def test_the_image_is_made_of_what_is_in_the_project():
    text = (DEPLOY / "container" / "Containerfile").read_text().replace("\\\n", " ")
    for sources in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE):
        assert all((ROOT / source).exists() for source in sources.split())
    (command,) = re.findall(r'^CMD \["prongsai", "(\w+)"\]', text, re.MULTILINE)
    assert is_command([command])
    assert text.index("USER prongsai") < text.index("CMD [")


def test_the_example_composition_fits_together():
    folder = DEPLOY / "container"
    compose = yaml.safe_load((folder / "compose.yaml").read_text())
    services, secrets = compose["services"], compose["secrets"]
    assert {"database", "prepare", "web", "worker", "proxy"} <= services.keys()
    for name, service in services.items():
        program, *words = service.get("command", ["prongsai", "check"])
        assert program == "prongsai" and is_command(words), name
        assert set(service.get("depends_on", [])) <= services.keys()
        assert set(service.get("secrets", [])) <= secrets.keys()
        for value in service.get("environment", {}).values():
            if str(value).startswith("/run/secrets/"):
                assert Path(value).name in service["secrets"], name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./secrets"):
                continue  # the operator's own
            assert source in compose["volumes"] or (folder / source).resolve().is_file(), source
    script = (folder / "make-database.sh").read_text()
    for secret in re.findall(r"/run/secrets/(\w+)", script):
        assert secret in services["database"]["secrets"]


def test_the_proxy_lets_the_largest_form_pass_and_keeps_nothing(settings):
    text = (DEPLOY / "nginx" / "prongsai.conf").read_text()
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(limit) * 1024**2 > settings.UPLOAD_FILE_LIMIT * 10
    assert re.search(r"proxy_request_buffering off;", text) and re.search(r"proxy_cache off;", text)
    for timeout in re.findall(r"(?:client_body|send|proxy_read)_timeout (\d+)s;", text):
        assert int(timeout) >= 300
    assert text.count("{") == text.count("}")
    assert re.search(r"location = /metrics \{ return 404; \}", text)
    (log,) = re.findall(r"log_format prongsai '([^']+)'", text)
    assert not re.search(r"remote_addr|request_uri|\$request |args|http_", log)
