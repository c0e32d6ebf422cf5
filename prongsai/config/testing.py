"""A pytest plug-in (``-p prongsai.config.testing``): the test server and a data directory, before settings are read.

It must be a plug-in and not a ``conftest.py``: pytest-django reads the settings before the first conftest is loaded.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from prongsai.runtime.testing import start_for_session

if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_for_session()
if "PRONGSAI_TEST_DATA" not in os.environ:  # the controller of xdist makes it, the workers share it
    os.environ["PRONGSAI_TEST_DATA"] = tempfile.mkdtemp(prefix="prongsai-test-data-")
    atexit.register(shutil.rmtree, os.environ["PRONGSAI_TEST_DATA"], ignore_errors=True)
os.environ["PRONGSAI_DATA"] = os.environ["PRONGSAI_TEST_DATA"]
Path(os.environ["PRONGSAI_DATA"], "static").mkdir(exist_ok=True)  # WhiteNoise warns when there is none
