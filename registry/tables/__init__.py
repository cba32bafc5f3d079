"""Files of rows and columns: reading them however messy they are, and writing them safely.

This room knows nothing of records: it turns bytes into lines of cells and back."""

from .grid import Fault, Grid, Line, Plain, Row, headed
from .limits import MOST_BYTES
from .reading import EMPTY, read

__all__ = ["EMPTY", "MOST_BYTES", "Fault", "Grid", "Line", "Plain", "Row", "headed", "read"]
