"""How to keep a copy in step."""

from ...words import Words
from .told import Example, Part

FOLLOWING = Part(
    "following",
    Words("Een kopie bijhouden", "Following changes"),
    (
        Words(
            "De geschiedenis van alles staat op `/history`, die van één gegeven op "
            "`…/history`: wie wijzigde wat, wanneer en waarom, voor zover u het mag zien.",
            "The history of everything is at `/history`, that of one record at `…/history`: who "
            "changed what, when and why, as far as you may see it.",
        ),
    ),
    examples=(
        Example(
            Words("Wat er met een gegeven gebeurde", "What happened to a record"),
            'curl "https://registry.example/api/v1/initiatives/INI-0001/history"',
            """\
import json
from urllib.request import urlopen

url = "https://registry.example/api/v1/initiatives/INI-0001/history"
with urlopen(url) as answer:
    for entry in json.load(answer):
        print(entry)""",
        ),
    ),
)
