from prongsai.portal.tests.conftest import _nothing_kept, centre, done

__all__ = ["_nothing_kept", "centre", "done"]
