"""Sign-in with ThaID: the whole dance over HTTP, with a real OpenID provider (``tests/oidc``) in the place of ThaID's."""

from __future__ import annotations

import base64
import json
import shutil
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai.runtime.deathsig import die_with_parent
from prongsai.runtime.postgres import attach, binaries
from prongsai.thai.ids import check_digit
from tests.house import House, free_port, furnished, wait_until
from tests.visitor import Answer, Visitor

pytestmark = pytest.mark.xdist_group("thaid")

OIDC = Path(__file__).parent / "oidc"
CLIENT, SECRET = "prongsai-test", "a secret of the tests only"
FIRST_TWELVE = "110170023070", "350990123456", "550990123456"  # invented numbers


MINE, ANOTHERS, NOBODYS = (first + check_digit(first) for first in FIRST_TWELVE)


class Issuer:
    """The provider's process. Whoever is at the telephone agrees to everything."""

    def __init__(self, redirect: str) -> None:
        if shutil.which("node") is None or shutil.which("npm") is None:
            pytest.fail(
                "The tests of ThaID need node (18 or newer) and npm: sudo apt-get install nodejs npm (make test does it as root)."
            )
        if not (OIDC / "node_modules" / "oidc-provider").is_dir():
            subprocess.run(
                ["npm", "ci", "--no-progress"], cwd=OIDC, check=True, capture_output=True, timeout=300
            )
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["node", "provider.mjs", str(self.port), CLIENT, SECRET, redirect]
        self.process = subprocess.Popen(
            command,
            cwd=OIDC,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        wait_until(self.answers, "the OpenID provider")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def tell(self, what: str, **told: Any) -> None:
        body = json.dumps(told).encode()
        request = urllib.request.Request(f"{self.url}/{what}", body, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    def asked(self) -> list[dict[str, str]]:
        with urllib.request.urlopen(f"{self.url}/asked", timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def dance() -> Iterator[tuple[House, Issuer]]:
    installation = House(furnished("prongsai-thaid-"))
    issuer = Issuer(f"{installation.url}/account/thaid/callback/")
    installation.environment |= {
        "PRONGSAI_THAID_ISSUER": issuer.url,
        "PRONGSAI_THAID_CLIENT_ID": CLIENT,
        "PRONGSAI_THAID_CLIENT_SECRET": SECRET,
    }
    try:
        installation.start()
        tied = Visitor(installation.url).sign_in("officer")
        issuer.tell("at", pid=MINE)
        answer = come_back(tied, away(tied, "/account/thaid/", "/account/thaid/connect/"))
        assert answer.status == 302 and answer.location == "/account/thaid/", answer.words()
        assert "เชื่อมกับ ThaID แล้ว" in tied.get("/account/thaid/").words()
        yield installation, issuer
    finally:
        issuer.stop()
        installation.remove()


@pytest.fixture
def house(dance: tuple[House, Issuer]) -> House:
    return dance[0]


@pytest.fixture
def issuer(dance: tuple[House, Issuer]) -> Iterator[Issuer]:
    yield dance[1]
    dance[1].tell("lie")
    dance[1].tell("where", claim="id_token")


def away(visitor: Visitor, page: str = "/account/login/", button: str = "/account/thaid/login/") -> str:
    """Press the button; the address at the issuer that it leads to."""
    form = visitor.get(page).form()
    answer = visitor.post(button, {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]})
    assert answer.status == 302, answer.words()
    return answer.location


def at_issuer(visitor: Visitor, address: str) -> str:
    """From the authorization request to the address at our side that the issuer sends the browser to."""
    for _ in range(10):
        answer = visitor.get(address)
        assert answer.status in (302, 303), answer.text
        address = urllib.parse.urljoin(address, answer.location)
        if address.startswith(visitor.base):
            return address
    raise AssertionError("the issuer sends the browser in circles")


def come_back(visitor: Visitor, address: str) -> Answer:
    return visitor.get(at_issuer(visitor, address))


def signed_in_as(visitor: Visitor) -> str:
    """The name on the staff site; "" for nobody."""
    answer = visitor.get("/office/")
    return answer.words() if answer.status == 200 else ""


def changed(address: str, **query: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return parts._replace(
        query=urllib.parse.urlencode({**dict(urllib.parse.parse_qsl(parts.query)), **query})
    ).geturl()


@pytest.mark.parametrize("where", ["id_token", "userinfo"])
def test_in_by_thaid(house: House, issuer: Issuer, where: str):
    """Whether the number comes in the ID token or from userinfo; only ``openid pid`` is asked for."""
    issuer.tell("at", pid=MINE)
    issuer.tell("where", claim=where)
    visitor = Visitor(house.url)
    assert "เข้าสู่ระบบด้วย ThaID" in visitor.get("/account/login/").words()
    answer = come_back(visitor, away(visitor))
    assert answer.status == 302 and answer.location == "/office/"
    assert "สมชาย ใจดี" in signed_in_as(visitor)
    assert "/account/thaid/" in visitor.get("/office/").text  # where one's own tie is made and cut
    asked = issuer.asked()[-1]
    assert asked["scope"] == "openid pid" and asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256" and len(asked["nonce"]) > 30 and len(asked["state"]) > 10


def test_whoever_is_tied_to_no_account_gets_none(house: House, issuer: Issuer):
    count = (
        "SELECT (SELECT count(*) FROM organisation_user), (SELECT count(*) FROM socialaccount_socialaccount)"
    )
    before = house.query(count)
    issuer.tell("at", pid=NOBODYS)
    visitor = Visitor(house.url)
    answer = come_back(visitor, away(visitor))
    assert answer.status == 403 and "ยังไม่มีบัญชีที่เชื่อมกับ ThaID นี้" in answer.words()
    assert signed_in_as(visitor) == "" and house.query(count) == before


def test_another_scope_cannot_be_asked_for_by_address(house: House, issuer: Issuer):
    visitor = Visitor(house.url)
    away(visitor, button="/account/thaid/login/?scope=address&auth_params=prompt%3Dnone")
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(away(visitor)).query))
    assert query["scope"] == "openid pid" and "prompt" not in query


def test_an_address_that_is_not_ours_is_not_led_to(house: House, issuer: Issuer):
    issuer.tell("at", pid=MINE)
    visitor = Visitor(house.url)
    form = visitor.get("/account/login/").form()
    fields = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "next": "https://elsewhere.example/"}
    answer = come_back(visitor, visitor.post("/account/thaid/login/", fields).location)
    assert answer.location == "/office/"


@pytest.mark.parametrize("changes", [{"state": "another"}, {"state": ""}, {"code": "another"}])
def test_a_callback_that_was_tampered_with(house: House, issuer: Issuer, changes: dict[str, str]):
    issuer.tell("at", pid=MINE)
    visitor = Visitor(house.url)
    answer = visitor.get(changed(at_issuer(visitor, away(visitor)), **changes))
    refused(visitor, answer)


def refused(visitor: Visitor, answer: Answer) -> None:
    assert answer.status == 401 and "ไม่สำเร็จ" in answer.words()
    assert signed_in_as(visitor) == ""


def test_a_callback_of_another_browser_and_a_second_time(house: House, issuer: Issuer):
    """Login CSRF: an answer that an attacker obtained is worth nothing in somebody else's browser; nor is one used up."""
    issuer.tell("at", pid=MINE)
    attacker, victim = Visitor(house.url), Visitor(house.url)
    away(victim)
    answer = at_issuer(attacker, away(attacker))
    refused(victim, victim.get(answer))
    assert attacker.get(answer).status == 302
    attacker.cookies.clear()
    refused(attacker, attacker.get(answer))


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"iss": "https://elsewhere.example"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1_500_000_000},
        {"$alg": "none"},
        {"$alg": "HS256"},
        {"pid": "1101700230700"},
        {"pid": ""},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_for_this_sign_in(house: House, issuer: Issuer, lie: dict[str, Any]):
    issuer.tell("at", pid=MINE)
    issuer.tell("lie", **lie)
    visitor = Visitor(house.url)
    refused(visitor, come_back(visitor, away(visitor)))


def test_pkce(house: House, issuer: Issuer):
    """A code that was obtained with another challenge is refused by the issuer, because our verifier does not fit it."""
    issuer.tell("at", pid=MINE)
    visitor = Visitor(house.url)
    tampered = changed(away(visitor), code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    refused(visitor, come_back(visitor, tampered))


def test_cancelled_at_the_issuer(house: House, issuer: Issuer):
    visitor = Visitor(house.url)
    state = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(away(visitor)).query))["state"]
    answer = visitor.get(f"/account/thaid/callback/?error=access_denied&state={state}")
    assert answer.status == 401 and "ท่านยกเลิก" in answer.words()


def test_one_identity_is_tied_to_one_account(house: House, issuer: Issuer):
    issuer.tell("at", pid=MINE)
    other = Visitor(house.url).sign_in("officer_2")
    connect = ("/account/thaid/", "/account/thaid/connect/")
    assert come_back(other, away(other, *connect)).status == 409
    issuer.tell("at", pid=ANOTHERS)
    assert come_back(other, away(other, *connect)).status == 302
    token = other.get("/account/thaid/").form()["csrfmiddlewaretoken"]
    assert other.post("/account/thaid/unlink/", {"csrfmiddlewaretoken": token}).status == 302
    stranger = Visitor(house.url)
    assert come_back(stranger, away(stranger)).status == 403
    kinds = house.query("SELECT kind FROM ledger_entry WHERE kind LIKE 'staff.%%link_thaid' ORDER BY id")
    assert kinds[-2:] == [("staff.link_thaid",), ("staff.unlink_thaid",)]


def test_whoever_left_does_not_get_in(house: House, issuer: Issuer):
    issuer.tell("at", pid=ANOTHERS)
    who = Visitor(house.url).sign_in("officer_3")
    assert come_back(who, away(who, "/account/thaid/", "/account/thaid/connect/")).status == 302
    house.query(
        "UPDATE organisation_person SET \"end\" = '2024-09-30' WHERE id ="
        " (SELECT person_id FROM organisation_user WHERE email LIKE 'officer\\_3@%%') RETURNING 1"
    )
    visitor = Visitor(house.url)
    assert come_back(visitor, away(visitor)).location == "/account/inactive/"
    assert signed_in_as(visitor) == ""


def sessions(house: House) -> str:
    """What every session holds, as text: in the database it lies packed."""
    found = ""
    for (data,) in house.query("SELECT session_data FROM django_session"):
        packed = data.split(":")[0]
        raw = base64.urlsafe_b64decode(packed.lstrip(".") + "==")
        found += (zlib.decompress(raw) if packed.startswith(".") else raw).decode()
    assert "_auth_user_id" in found
    return found


def test_the_database_knows_the_hash_and_not_the_number(house: House, issuer: Issuer):
    """After all that: a dump holds none of the numbers, nor a token, nor the issuer's name for the person."""
    issuer.tell("at", pid=MINE)
    visitor = Visitor(house.url)
    assert come_back(visitor, away(visitor)).status == 302
    dump = subprocess.run(
        [binaries.available()[0].program("pg_dump"), "--format=plain"],
        env=attach(house.data).environment("superuser"),
        capture_output=True,
        check=True,
    ).stdout
    assert b"socialaccount_socialaccount" in dump and len(dump) > 100_000
    for number in (MINE, ANOTHERS, NOBODYS):
        assert number.encode() not in dump
        assert number not in sessions(house)
    assert b"subject of" not in dump and "subject of" not in sessions(house)
    assert b"eyJhbGciOi" not in dump  # how every token begins
    rows = house.query("SELECT uid, extra_data::text FROM socialaccount_socialaccount")
    assert rows and all(len(uid) == 64 and extra == "{}" for uid, extra in rows)
    assert house.query("SELECT count(*) FROM socialaccount_socialtoken") == [(0,)]
    assert MINE not in house.said
