"""The screens of documents, events, offices and persons."""

from ..web import screens
from ..words import Words
from .schemas import DOCUMENT, EVENT, OFFICE, PERSON

screens(DOCUMENT, menu=Words("Documenten", "Documents"))
screens(EVENT, menu=Words("Gebeurtenissen", "Events"), covers=("persons", "offices"))
screens(OFFICE)
screens(PERSON)
