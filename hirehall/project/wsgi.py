"""Pages and API calls as a WSGI application; asgi.py puts it behind the one public port."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from hirehall.project.starting import told_in_words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hirehall.project.settings")
with told_in_words():
    application = get_wsgi_application()

# Pages make hardly any circles of objects. Python looks for them every 700 objects, a tenth of a page's time; what
# was loaded at start is never looked at again.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
