"""The screens of initiatives."""

from ..web import screens
from ..words import Words
from .schemas import INITIATIVE

screens(INITIATIVE, menu=Words("Initiatieven", "Initiatives"))
