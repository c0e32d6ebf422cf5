"""What sign-in no longer needs goes, by the clock."""

from prongsai.signin import devices, limits


def sweep() -> None:
    """Ended windows of attempts, and browsers whose cookie has run out."""
    limits.sweep()
    devices.sweep()
