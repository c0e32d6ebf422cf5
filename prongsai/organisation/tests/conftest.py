import pytest

from prongsai.organisation.models import Agency, Province
from prongsai.organisation.provinces import forget_province
from prongsai.organisation.tests.building import a_province, an_agency


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
