import pytest
from django.db import connection

from prongsai.organisation.models import Agency, Province
from prongsai.organisation.provinces import forget_province
from prongsai.organisation.tests.building import a_province, an_agency


@pytest.fixture(autouse=True)
def _nobody_is_here_yet(request):
    """These tests build their own province: the sample one is put away until the test's transaction is rolled back."""
    if "world" in request.fixturenames:
        return
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE organisation_province, organisation_place CASCADE")


@pytest.fixture(autouse=True)
def _no_province_of_another_test():
    forget_province()
    yield
    forget_province()


@pytest.fixture
def province(db) -> Province:
    return a_province()


@pytest.fixture
def agency(province) -> Agency:
    return an_agency(province)
