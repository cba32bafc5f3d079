"""The screens of themes, sectors, groups, causes and views."""

from ..web import screens
from ..words import Words
from .schemas import CAUSE, GROUP, SECTOR, THEME, VIEW

screens(THEME, menu=Words("Thema’s", "Themes"))
screens(SECTOR)
screens(GROUP)
screens(CAUSE, menu=Words("Oorzaken", "Causes"))
screens(VIEW)
