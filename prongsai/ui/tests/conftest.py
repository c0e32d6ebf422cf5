import pytest


@pytest.fixture(autouse=True)
def plain_static_addresses(settings):
    """Pages are rendered without a collected manifest."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
