import pytest


@pytest.fixture(autouse=True)
def small_house(settings):
    settings.ROOT_URLCONF = "prongsai.ui.tests.urls"
    settings.MIDDLEWARE = [
        "prongsai.ui.middleware.BadBytesMiddleware",
        "prongsai.ui.middleware.LanguageMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    templates = {**settings.TEMPLATES[0], "OPTIONS": {"context_processors": []}}
    settings.TEMPLATES = [templates]


def test_the_language_is_in_public_addresses_and_elsewhere_chosen(client):
    speak = lambda address: client.get(address, headers={"accept-language": "en"}).content  # noqa: E731
    assert (speak("/"), speak("/en/"), speak("/office/")) == (b"th", b"en", b"th")
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/office/"})
    assert (answer.status_code, answer.url) == (302, "/office/")
    assert (speak("/"), speak("/en/"), speak("/office/")) == (b"th", b"en", b"en")
    client.cookies["django_language"] = "xx"
    assert speak("/office/") == b"th"


def test_why_not_is_said_and_what_is_missing_is_not(client):
    answer = client.get("/office/forbidden")
    assert answer.status_code == 403 and "บุคคลเดียวกัน" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    answer = client.get("/office/missing")
    assert answer.status_code == 404 and "Case" not in answer.content.decode()


def test_bad_bytes_get_a_page_not_a_fault(client):
    answer = client.get("/office/?q=%00")
    assert answer.status_code == 400 and "อักขระ" in answer.content.decode()
    assert client.get("/office/%00").status_code == client.get("/office/?q=%A1").status_code == 400


@pytest.mark.parametrize("name", ["%C3%A9", "%C2%A1", "%E0%B8%81", "%A1"])
def test_an_address_in_any_script_is_only_unknown(name, client):
    assert client.get(f"/office/{name}").status_code == 404
