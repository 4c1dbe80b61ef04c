"""Entry point for a WSGI server: `gunicorn rutanvote.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rutanvote.settings")

application = get_wsgi_application()
