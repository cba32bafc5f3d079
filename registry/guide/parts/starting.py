"""How to begin: the first question, a token, and what a record looks like."""

from ...words import Words
from .told import Example, Part

STARTING = Part(
    "start",
    Words("Beginnen", "Getting started"),
    (
        Words(
            "Alles wat openbaar is, leest u zonder token. Elk antwoord is JSON. Een lijst is een "
            "JSON-array; één gegeven is een object.",
            "Everything public is read without a token. Every answer is JSON. A list is a JSON "
            "array; one record is an object.",
        ),
        Words(
            "De namen in de API zijn Engels. Bij elk veld staat op deze pagina’s de Nederlandse "
            "term. Het machineleesbare OpenAPI-document staat op `/api/v1/openapi.json`.",
            "The names in the API are English. These pages give the Dutch term of each field. The "
            "OpenAPI document, for machines, is at `/api/v1/openapi.json`.",
        ),
    ),
    examples=(
        Example(
            Words("De eerste vraag", "The first question"),
            'curl "https://registry.example/api/v1/initiatives?q=pesten"',
            """\
import json
from urllib.request import urlopen

with urlopen("https://registry.example/api/v1/initiatives?q=pesten") as answer:
    for initiative in json.load(answer):
        print(initiative["reference"], initiative["title"])""",
        ),
    ),
)
TOKENS = Part(
    "tokens",
    Words("Tokens", "Tokens"),
    (
        Words(
            "Met een token ziet een programma wat u mag zien en wijzigt het wat u mag wijzigen. "
            "Maak het op “Mijn account”, onder Toegangstokens. Het wordt één keer getoond. Geef "
            "ieder programma een eigen token, met het kleinste bereik dat volstaat.",
            "With a token a program sees what you may see, and changes what you may change. Make "
            "one on “My account”, under Access tokens. It is shown once. Give each program a "
            "token of its own, with the smallest scope that will do.",
        ),
        Words(
            "Stuur het in de kopregel `Authorization`, nooit in het adres. Cookies doen in de API "
            "niets. Een token dat onbekend, verlopen of ingetrokken is, geeft 401, ook waar "
            "zonder token gelezen mag worden.",
            "Send it in the header `Authorization`, never in the address. Cookies do nothing in "
            "the API. A token that is unknown, expired or revoked gives 401, also where anybody "
            "may read without one.",
        ),
        Words(
            "Werkt u voor meer organisaties, dan kan een token voor één daarvan zijn: het ziet en "
            "mag dan niet meer dan die organisatie, en eindigt met uw werk ervoor.",
            "If you act for several organisations, a token can be for one of them: it then sees "
            "and may no more than that one, and ends with your work for it.",
        ),
    ),
    (
        ("read", Words("alleen lezen; wijzigen geeft 403", "only reads; a change gives 403")),
        ("write", Words("lezen en wijzigen", "reads and changes")),
        (
            "public",
            Words("alleen lezen wat openbaar is", "only reads what is public"),
        ),
    ),
    (
        Example(
            Words("Lezen met een token", "Reading with a token"),
            'curl "https://registry.example/api/v1/initiatives?workflow=draft" \\\n'
            '  -H "Authorization: Bearer $TOKEN"',
            """\
import json
import os
from urllib.request import Request, urlopen

token = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
url = "https://registry.example/api/v1/initiatives?workflow=draft"
with urlopen(Request(url, headers=token)) as answer:
    print(len(json.load(answer)), "drafts")""",
        ),
    ),
)
RECORDS = Part(
    "records",
    Words("Gegevens en rijen", "Records and rows"),
    (
        Words(
            "Elk gegeven heeft een kenmerk dat nooit verandert en nooit opnieuw wordt gebruikt, "
            "zoals `INI-0001`. Een verwijzing naar een ander gegeven is een klein object met dat "
            "kenmerk en een naam. Wat samengevoegd is, geeft wie leest 308 met het nieuwe adres en "
            "wie wijzigt 410. Wat verwijderd is, is er niet meer (404); wie het mocht verwijderen, "
            "krijgt 410.",
            "Each record has a reference that never changes and is never used again, such as "
            "`INI-0001`. A pointer to another record is a small object with that reference and a "
            "name. What was merged gives who reads 308 with the new address and who changes 410. "
            "What was removed is not there any more (404); who could remove it gets 410.",
        ),
        Words(
            "Een rij van een lijst in een gegeven heeft een eigen `key` die blijft. Een termijn "
            "bestaat uit de woorden zoals ze geschreven zijn (`text`) en de dagen waartussen ze "
            "liggen (`earliest`, `latest`).",
            "A row of a list inside a record has a `key` of its own that stays. A term has its "
            "words as written (`text`) and the days between which they lie (`earliest`, "
            "`latest`).",
        ),
        Words(
            "Een veld dat u niet mag zien, ontbreekt; een veld zonder waarde is `null`. Wat u "
            "niet mag zien, bestaat voor u niet: 404.",
            "A field that you may not see is absent; a field without a value is `null`. What you "
            "may not see does not exist for you: 404.",
        ),
        Words(
            "Codes staan in codelijsten, met hun betekenis in het Nederlands en Engels. Een open "
            "lijst kan groeien: reken op codes die u nog niet kent.",
            "Codes are in code lists, with their meaning in Dutch and English. An open list may "
            "grow: expect codes that you do not know yet.",
        ),
    ),
    examples=(
        Example(
            Words("Eén gegeven, en een codelijst", "One record, and a code list"),
            'curl "https://registry.example/api/v1/initiatives/INI-0001"\n'
            'curl "https://registry.example/api/v1/vocabularies/initiative-kind"',
            """\
import json
from urllib.request import urlopen

with urlopen("https://registry.example/api/v1/initiatives/INI-0001") as answer:
    initiative = json.load(answer)
with urlopen("https://registry.example/api/v1/vocabularies/initiative-kind") as answer:
    words = {term["code"]: term["nl"] for term in json.load(answer)["terms"]}
print(initiative["title"], words.get(initiative["kind"]))""",
        ),
    ),
)
