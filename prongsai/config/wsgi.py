import os

from django.core.wsgi import get_wsgi_application

from prongsai.config.lines import WaitOutside, places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
application = WaitOutside(get_wsgi_application(), places())
