"""Draw the letter of the tests anew, after a person has looked at it: ``python -m prongsai.documents.tests.draw``."""

import os

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    import django

    django.setup()
    from prongsai.documents.tests.test_papers import PICTURE, picture

    picture().save(PICTURE, optimize=True)
