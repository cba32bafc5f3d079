"""The screens of commitments."""

from ..web import screens
from ..words import Words
from .schemas import COMMITMENT

screens(COMMITMENT, menu=Words("Toezeggingen en voornemens", "Promises and intentions"))
