"""The dictionary of what the book tells of a report: the report itself, for whom it was made, and
the files that were added to it."""

from ..fields import Ref, Rows, Text
from ..partners.models import Partner
from ..schema import RowSchema
from ..updates.schemas import UpdateSchema
from ..words import Words
from .models import UpdateFile


class FileSchema(RowSchema):
    """A file, and why it counts."""

    model = UpdateFile
    natural = ("name", "why")

    name = Text("Naam", "Name")
    why = Text("Waarom dit telt", "Why this counts")


class ToldReportSchema(UpdateSchema):
    """A report as its history tells of it."""

    organisation = Ref("Gemeld voor", "Reported for", to=Partner)
    files = Rows("Bestanden", "Files", of=FileSchema, one=Words("Bestand", "File"))
