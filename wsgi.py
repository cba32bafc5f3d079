"""The WSGI application: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import gc

from registry import create_app

app = create_app()

# What was made once stays: looking through it for garbage again and again takes a tenth of the
# time of a process that serves.
gc.collect()
gc.freeze()
