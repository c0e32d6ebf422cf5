"""A pytest plug-in (``-p prongsai.config.testing``): the test server and a data directory, before settings are read.

It must be a plug-in and not a ``conftest.py``: pytest-django reads the settings before the first conftest is loaded.
"""

import os

from prongsai.runtime.testing import session_directory, start_for_session

if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_for_session()
data = session_directory() / "data"
(data / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when there is none
os.environ["PRONGSAI_DATA"] = str(data)
