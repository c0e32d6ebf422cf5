"""English pages are English: Thai stands there only where it is the official text, and is marked as Thai."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prongsai.organisation.models import Agency
from prongsai.portal.tests.reading import unmarked_thai

PAGES = [
    "/en/",
    "/en/announcement/",
    "/en/measures/M5/",
    "/en/clauses/chiang-mai-2563/M1.2.1/",
    "/en/clauses/chiang-mai-2563/M4.1/",
    "/en/clauses/chiang-mai-2563/M4.8/",
    "/en/clauses/chiang-mai-2563/M5.2.5/",
    "/en/clauses/chiang-mai-2563/M6.2.3.(17)/",
    "/en/agencies/",
    "/en/registers/",
    "/en/registers/clauses/",
    "/en/registers/evidence/",
    "/en/registers/evidence/?at_from=31/02/2569&agency=x",
    "/en/registers/statements/",
    "/en/search/",
    "/en/search/?q=procurement",
    "/en/search/?q=nothing-like-it",
    "/en/verify/",
    "/en/about/",
    "/en/privacy/",
    "/en/accessibility/",
]


@pytest.mark.parametrize("url", PAGES)
def test_no_thai_is_left_untranslated(
    url: str, province: Any, done: Callable[..., int], client: Client
) -> None:
    done("M5.2.5")
    response = client.get(url)

    assert response.status_code == 200
    assert unmarked_thai(response.content.decode()) == []


def test_the_page_of_an_agency_and_of_evidence_are_english_too(
    centre: Agency, done: Callable[..., int], client: Client
) -> None:
    entry = done("M5.2.5")

    for url in (f"/en/agencies/{centre.pk}/", f"/en/evidence/{entry}/"):
        assert unmarked_thai(client.get(url).content.decode()) == []
