"""What gunicorn reads by itself where it is started: no header names what serves the register."""

import gunicorn

gunicorn.SERVER = "registry"
