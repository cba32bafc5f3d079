"""The screens of annexes."""

from ..screens import screens
from ..screens.panels import Pointing
from ..sources.schemas import DOCUMENT
from ..web import panel
from .schemas import ANNEX

screens(ANNEX)
panel(Pointing(DOCUMENT, ANNEX, ANNEX.plural, ["letter"], "letter", ["as_of"]))
