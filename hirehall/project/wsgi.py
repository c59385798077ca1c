"""Pages and API calls as a WSGI application; asgi.py puts it behind the one public port."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hirehall.project.settings")
application = get_wsgi_application()
