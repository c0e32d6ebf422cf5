"""``request.actor``: who is asking, found when first needed and kept for the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from prongsai.organisation.actors import Actor
from prongsai.organisation.provinces import current_province

__all__ = ["ActorMiddleware", "actor_of", "current_province"]


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, or anybody. An account without a person has no more rights than anybody."""
    user = request.user
    if user.is_authenticated and user.person is not None:
        return Actor.of(user.person)
    return Actor.anonymous(current_province())
