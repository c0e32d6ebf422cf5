"""Fixtures for the tests that need the real thing."""

from tests.house import house, spare_house

__all__ = ["house", "spare_house"]
