import sys

sys.path.insert(0, "/srv/hello")

from app import app as application  # noqa: E402,F401  mod_wsgi looks for this name
