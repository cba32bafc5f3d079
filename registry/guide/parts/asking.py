"""How to ask: filters, the two times, pages, and what need not be sent again."""

from ...words import Words
from .told import Example, Part

ASKING = Part(
    "queries",
    Words("Vragen stellen", "Queries"),
    (
        Words(
            "Filters heten zoals de velden en mogen herhaald worden: één van de waarden volstaat. "
            "Verschillende filters gelden samen. Een parameter of waarde die niet bestaat, geeft "
            "400 met wat wel kan.",
            "Filters are named as the fields and may be repeated: one of the values is enough. "
            "Different filters hold together. A parameter or value that does not exist gives 400 "
            "with those that do.",
        ),
    ),
    (
        (
            "q",
            Words(
                "zoekt woorden; Nederlandse verbuigingen tellen mee",
                "finds words; Dutch inflections count",
            ),
        ),
        (
            "sort",
            Words(
                "veldnamen met komma’s; een `-` ervoor keert de volgorde om",
                "names of fields with commas; a `-` before one turns the order around",
            ),
        ),
        ("none", Words("als waarde: het veld is leeg", "as a value: the field is empty")),
        (
            "dueBefore, dueAfter",
            Words(
                "de laatste dag ligt voor, de eerste dag na deze datum",
                "the latest day lies before, the earliest day after this date",
            ),
        ),
        (
            "updatedSince",
            Words(
                "gewijzigd op of na dit moment; elke tijdzone mag",
                "changed at or after this moment; any time zone will do",
            ),
        ),
        (
            "count=true",
            Words("geeft het totaal in `Total-Count`", "gives the total in `Total-Count`"),
        ),
    ),
    (
        Example(
            Words("Filteren en sorteren", "Filtering and sorting"),
            'curl "https://registry.example/api/v1/commitments'
            '?strength=promise&strength=motion&sort=-due,title&count=true" -i',
            """\
import json
from urllib.parse import urlencode
from urllib.request import urlopen

asked = {"strength": ["promise", "motion"], "sort": "-due,title", "count": "true"}
url = f"https://registry.example/api/v1/commitments?{urlencode(asked, doseq=True)}"
with urlopen(url) as answer:
    print(answer.headers["Total-Count"], "commitments")
    for commitment in json.load(answer):
        print(commitment["reference"], commitment["text"])""",
        ),
    ),
)
CHOOSING = Part(
    "fields",
    Words("Alleen wat u nodig hebt", "Only what you need"),
    (
        Words(
            "`fields` kiest leden van een gegeven; `reference` is er altijd bij. `expand` schrijft "
            "uit waar een gegeven naar verwijst, tot twee verwijzingen diep: "
            "`participations.partner`, hoogstens zes tegelijk. Wat te veel zou kosten, wordt "
            "geweigerd met de code `too_expensive` en met wat wel kan.",
            "`fields` chooses members of a record; `reference` is always there. `expand` writes "
            "out what a record points at, up to two pointers deep: `participations.partner`, at "
            "most six at a time. What would cost too much is refused with the code "
            "`too_expensive`, and with what is possible.",
        ),
    ),
    examples=(
        Example(
            Words("Titels, met wie meedoet voluit", "Titles, with who takes part in full"),
            'curl "https://registry.example/api/v1/initiatives'
            '?fields=title,participations&expand=participations.partner&perPage=5"',
            """\
import json
from urllib.request import urlopen

url = "https://registry.example/api/v1/initiatives?perPage=5"
with urlopen(f"{url}&fields=title,participations&expand=participations.partner") as answer:
    for initiative in json.load(answer):
        for row in initiative["participations"]:
            print(initiative["title"], "-", row["partner"]["name"], row["role"])""",
        ),
    ),
)
WHOLE = Part(
    "whole-lists",
    Words("Een hele lijst, en tellingen", "A whole list, and counts"),
    (
        Words(
            "Met `Accept: text/csv` of `application/x-ndjson` komt alles wat een vraag vindt in "
            "één antwoord, zonder pagina’s. In CSV is een lid van een object een kolom "
            "(`due.latest`) en staan de rijen van een lijst met ` | ` naast elkaar; `expand` kan "
            "daar niet.",
            "With `Accept: text/csv` or `application/x-ndjson`, all that a question finds comes in "
            "one answer, without pages. In CSV a member of an object is a column (`due.latest`), "
            "and the rows of a list stand side by side with ` | ` between them; `expand` is not "
            "for CSV.",
        ),
        Words(
            "`…/_facets` telt hoeveel gegevens elke waarde van een filter heeft, bij dezelfde "
            "vraag. `highlight=true` geeft de stukken tekst waarin de zoekwoorden staan.",
            "`…/_facets` counts how many records have each value of a filter, for the same "
            "question. `highlight=true` gives the pieces of text in which the words stand.",
        ),
    ),
    examples=(
        Example(
            Words("Als CSV, en geteld per status", "As CSV, and counted by status"),
            """\
curl -H "Accept: text/csv" -o partners.csv "https://registry.example/api/v1/partners"
curl "https://registry.example/api/v1/initiatives/_facets?facet=status&theme=none\"""",
            """\
import json
from urllib.request import Request, urlopen

url = "https://registry.example/api/v1/partners"
with urlopen(Request(url, headers={"Accept": "application/x-ndjson"})) as lines:
    for line in lines:
        print(json.loads(line)["name"])""",
        ),
    ),
)
TIME = Part(
    "time",
    Words("Twee tijden", "Two times"),
    (
        Words(
            "`asOf` (peildatum) vraagt wat er op een dag gold, met de kennis van nu. `knownAt` "
            "vraagt wat het register op een moment van één gegeven zei, met de kennis van toen. "
            "Samen: wat men toen dacht dat er op die dag gold.",
            "`asOf` (peildatum) asks what held on a day, with today’s knowledge. `knownAt` asks "
            "what the registry said of one record at a moment, with the knowledge of then. "
            "Together: what was then thought to hold on that day.",
        ),
    ),
    examples=(
        Example(
            Words("De stand op een dag", "How things stood on a day"),
            'curl "https://registry.example/api/v1/initiatives?status=running&asOf=2019-12-31"',
            """\
import json
from urllib.request import urlopen

for day in ("2019-12-31", "2020-12-31"):
    url = f"https://registry.example/api/v1/initiatives?status=running&perPage=100&asOf={day}"
    with urlopen(url) as answer:
        print(day, len(json.load(answer)), "running")""",
        ),
    ),
)
PAGING = Part(
    "paging",
    Words("Bladeren", "Paging"),
    (
        Words(
            '`perPage` is 1 tot en met 100, standaard 20. Volg `rel="next"` in de kopregel '
            "`Link` tot die er niet meer is. Een cursor zegt waar u was, en niet hoeveelste: wat "
            "er intussen bij komt, verschuift niets.",
            '`perPage` is 1 to 100, 20 by default. Follow `rel="next"` in the header `Link` '
            "until there is none. A cursor says where you were, not how far: what is added "
            "meanwhile moves nothing.",
        ),
    ),
    examples=(
        Example(
            Words("Alle pagina’s", "All pages"),
            """\
url="https://registry.example/api/v1/partners?perPage=10"
while [ -n "$url" ]; do
  curl -s -D head.txt "$url" && echo
  url=$(grep -i '^link:' head.txt | sed -n 's/.*<\\([^>]*\\)>; rel="next".*/\\1/p')
done""",
            """\
import json
import re
from urllib.request import urlopen

url = "https://registry.example/api/v1/partners?perPage=10"
while url:
    with urlopen(url) as answer:
        for partner in json.load(answer):
            print(partner["reference"], partner["name"])
        links = ", ".join(answer.headers.get_all("Link"))
    following = re.search(r'<([^>]*)>; rel="next"', links)
    url = following and following[1]""",
        ),
    ),
)
SAVING = Part(
    "conditional-requests",
    Words("Niet twee keer hetzelfde halen", "Conditional requests"),
    (
        Words(
            "Elk antwoord heeft een `ETag`. Stuur die mee als `If-None-Match`: is er niets "
            "veranderd, dan is het antwoord 304, zonder inhoud. Bewaren mag, maar vraag altijd of "
            "het nog klopt: daarom `Cache-Control: no-cache`.",
            "Every answer has an `ETag`. Send it as `If-None-Match`: if nothing changed, the "
            "answer is 304, without content. Keep what you read, but always ask whether it still "
            "holds: hence `Cache-Control: no-cache`.",
        ),
    ),
    examples=(
        Example(
            Words("Alleen als het anders is", "Only if it differs"),
            """\
url="https://registry.example/api/v1/initiatives/INI-0001"
curl -s --etag-save etag.txt -o initiative.json "$url"
curl -s --etag-compare etag.txt -o /dev/null -w '%{http_code}\\n' "$url\"""",
            """\
from urllib.error import HTTPError
from urllib.request import Request, urlopen

url = "https://registry.example/api/v1/initiatives/INI-0001"
with urlopen(url) as answer:
    kept, tag = answer.read(), answer.headers["ETag"]
try:
    with urlopen(Request(url, headers={"If-None-Match": tag})) as answer:
        kept = answer.read()
except HTTPError as refused:
    assert refused.code == 304, refused
    print("What was kept still holds.")""",
        ),
    ),
)
