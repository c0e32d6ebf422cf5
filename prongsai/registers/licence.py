"""Under which licence open data is given out: a province says so in its settings, else Creative Commons Attribution 4.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Licence:
    """``id``: SPDX identifier. ``catalogue``: its name in the Thai Government Data Catalog's list of choices."""

    id: str
    title: str
    url: str
    catalogue: str

    def described(self) -> dict[str, str]:
        """As it stands in every answer of open data."""
        return {"id": self.id, "title": self.title, "url": self.url}


CC_BY = Licence(
    id="CC-BY-4.0",
    title="Creative Commons Attribution 4.0 International",
    url="https://creativecommons.org/licenses/by/4.0/",
    catalogue="Creative Commons Attributions",
)


def licence_of(province: Any) -> Licence:
    """The province's ``open_data.licence`` (the four fields of :class:`Licence`), or CC BY 4.0."""
    named = province.settings.get("open_data", {}).get("licence") if province else None
    return Licence(**named) if named else CC_BY
