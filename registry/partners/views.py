"""The screens of organisations."""

from ..web import screens
from ..words import Words
from .schemas import PARTNER

screens(PARTNER, menu=Words("Organisaties", "Organisations"))
