import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
sys.setswitchinterval(float(os.environ.get("SWI", "0.005")))
application = get_wsgi_application()
