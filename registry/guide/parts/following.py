"""How to keep a copy in step: begin with everything, and then follow what changes."""

from ...words import Words
from .told import Example, Part

FOLLOWING = Part(
    "following",
    Words("Een kopie bijhouden", "Following changes"),
    (
        Words(
            "Begin met alles wat openbaar is: `/dumps` noemt de bestanden (`/dumps/ndjson`, en "
            "`/dumps/csv` met een uitleg van de velden) en de cursor waarop ze staan. Zonder "
            "cursor begint `/changes` bij het begin, met `cursor=now` bij nu.",
            "Begin with all that is public: `/dumps` names the files (`/dumps/ndjson`, and "
            "`/dumps/csv` with a guide to the fields) and the cursor at which they stand. Without "
            "a cursor `/changes` begins at the beginning, with `cursor=now` at present.",
        ),
        Words(
            "Vraag dan telkens `/changes` met de laatste cursor: wat er veranderde, volledig, in "
            "volgorde en zonder gaten, voor zover u het mag zien. `removed` betekent: haal het "
            "weg, het is verwijderd, samengevoegd of niet meer voor u. Volg `next` tot `In-Step: "
            "true`, en vraag later verder. Veranderen uw rechten, dan geldt de cursor niet meer "
            "(410): begin opnieuw. Die van `/dumps` is van alles wat openbaar is: volg die zonder "
            "token.",
            "Then ask `/changes` with the last cursor, each time: what changed, complete, in order "
            "and without gaps, as far as you may see it. `removed` means: take it out, it was "
            "deleted, merged, or is no longer for you. Follow `next` until `In-Step: true`, and "
            "ask again later. When your rights change, the cursor is over (410): begin anew. That "
            "of `/dumps` is for all that is public: follow it without a token.",
        ),
        Words(
            "Op een pagina staat een gegeven één keer, met zijn laatste wijziging; "
            "`expand=record` geeft het er meteen bij. Wie wat wijzigde en waarom, staat op "
            "`/history`.",
            "On a page a record is there once, with its last change; `expand=record` gives the "
            "record at once. Who changed what, and why, is at `/history`.",
        ),
    ),
    examples=(
        Example(
            Words("Volgen tot u bij bent", "Following until you are in step"),
            """\
url="https://registry.example/api/v1/changes?perPage=100"
while true; do
  curl -s -D head.txt "$url" && echo
  url=$(grep -i '^link:' head.txt | sed -n 's/.*<\\([^>]*\\)>; rel="next".*/\\1/p')
  grep -qi '^in-step: true' head.txt && break
done
echo "$url\"""",
            """\
import json
import re
from urllib.request import urlopen

url, in_step = "https://registry.example/api/v1/changes?perPage=100&expand=record", False
while not in_step:
    with urlopen(url) as answer:
        for entry in json.load(answer):
            print(entry["changedAt"], entry["type"], entry["reference"])
        links = ", ".join(answer.headers.get_all("Link"))
        in_step = answer.headers["In-Step"] == "true"
    url = re.search(r'<([^>]*)>; rel="next"', links)[1]
print("Go on later with", url)""",
        ),
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
