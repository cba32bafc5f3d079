"""The screens of annexes."""

from ..sources.schemas import DOCUMENT
from ..web import panel, screens
from ..web.panels import Pointing
from .schemas import ANNEX

screens(ANNEX)
panel(Pointing(DOCUMENT, ANNEX, ANNEX.plural, ["letter"], "letter", ["as_of"]))
