"""Provinces and places, agencies and posts, people with their tenures and roles, and their accounts."""

from prongsai.organisation.models.accounts import User
from prongsai.organisation.models.agencies import Agency, Post
from prongsai.organisation.models.assignments import RoleAssignment
from prongsai.organisation.models.people import Person
from prongsai.organisation.models.places import Place, Province, Region
from prongsai.organisation.models.tenures import ActingAppointment, Tenure

__all__ = [
    "ActingAppointment",
    "Agency",
    "Person",
    "Place",
    "Post",
    "Province",
    "Region",
    "RoleAssignment",
    "Tenure",
    "User",
]
