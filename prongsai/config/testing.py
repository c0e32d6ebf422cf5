"""A pytest plug-in (``-p prongsai.config.testing``): the test server, a data directory and cheap secrets, before settings are read.

It must be a plug-in and not a ``conftest.py``: pytest-django reads the settings before the first conftest is loaded.
"""

import os

from django.contrib.auth.hashers import Argon2PasswordHasher
from nacl.pwhash import argon2id

from prongsai.runtime.testing import session_directory, start_for_session
from prongsai.sealed import passphrases

if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = start_for_session()
data = session_directory() / "data"
(data / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when there is none
os.environ["PRONGSAI_DATA"] = str(data)
# What a guess costs is asked of a whole house (``tests/test_commands.py``); here it costs only time.
passphrases.OPERATIONS, passphrases.MEMORY = argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 8 * Argon2PasswordHasher.parallelism
