import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone


@pytest.fixture
def later() -> Callable[..., Any]:
    """``with later(minutes=6): …``"""
    return lambda **time: time_machine.travel(timezone.now() + dt.timedelta(**time), tick=False)
