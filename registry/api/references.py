"""How references to records are written, in addresses and in bodies."""

import re

PATTERN = r"^[A-Z]{3}-[0-9]{4,9}$"
REFERENCE = re.compile(PATTERN)
