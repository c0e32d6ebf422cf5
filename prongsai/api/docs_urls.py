"""The page that explains the API; in both languages, unlike the API itself."""

from django.urls import path

from prongsai.api.docs import docs

app_name = "open-data"
urlpatterns = [path("", docs, name="docs")]
