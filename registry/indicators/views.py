"""The screens of figures."""

from ..web import screens
from ..words import Words
from .schemas import INDICATOR

screens(INDICATOR, menu=Words("Cijfers", "Figures"))
