"""Under which licence all is answered that everybody may read."""

LICENCE = {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}
