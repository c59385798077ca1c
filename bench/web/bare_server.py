"""The limit as a WSGI application; the same page ran as fast through the market's ASGI door."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
