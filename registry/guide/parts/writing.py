"""How to change: registering, changing what was read, and proposing."""

from ...words import Words
from .told import Example, Part

WRITING = Part(
    "writing",
    Words("Wijzigen", "Writing"),
    (
        Words(
            "`POST` op een lijst registreert een concept: 201, met het adres in `Location`. "
            "`PATCH` is een merge-patch (RFC 7396): wat ontbreekt blijft, `null` maakt leeg. "
            "`DELETE` verwijdert; het kenmerk en de geschiedenis blijven.",
            "`POST` on a list registers a draft: 201, with its address in `Location`. `PATCH` is "
            "a merge patch (RFC 7396): what is absent stays, `null` empties. `DELETE` removes; "
            "the reference and the history stay.",
        ),
        Words(
            "Wijzigen begint bij wat u las: stuur de `ETag` daarvan als `If-Match`. Zonder geeft "
            "428; heeft iemand het intussen gewijzigd, dan 412 en verandert er niets. Zo gaat "
            "niemands werk verloren. Waarom u iets wijzigt, zegt u in `Change-Reason`: iedereen "
            "die de wijziging mag zien, leest het in de geschiedenis.",
            "A change starts from what you read: send its `ETag` as `If-Match`. Without it you "
            "get 428; if somebody changed it meanwhile you get 412, and nothing changes. So "
            "nobody’s work is lost. Say why you change something in `Change-Reason`: everybody "
            "who may see the change reads it in the history.",
        ),
        Words(
            "In een lijst van rijen verandert een rij met een bekende `key`, is een rij zonder "
            "`key` nieuw of dezelfde als wat zij zegt, en verdwijnt wat u weglaat.",
            "In a list of rows, a row with a known `key` changes, a row without one is new or the "
            "one that says the same, and what you leave out goes away.",
        ),
    ),
    examples=(
        Example(
            Words("Registreren", "Registering"),
            """\
curl -X POST "https://registry.example/api/v1/initiatives" -i \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{"title": "Werkdrukspreekuur", "kind": "research", "period": "medio 2027"}'""",
            """\
import json
import os
from urllib.request import Request, urlopen

headers = {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"}
body = json.dumps({"title": "Werkdrukspreekuur", "kind": "research", "period": "medio 2027"})
url = "https://registry.example/api/v1/initiatives"
with urlopen(Request(url, body.encode(), headers, method="POST")) as answer:
    print(answer.status, answer.headers["Location"])""",
        ),
        Example(
            Words("Wijzigen wat u las", "Changing what you read"),
            """\
url="https://registry.example/api/v1/initiatives/INI-0001"
curl -s --etag-save etag.txt -o initiative.json "$url" -H "Authorization: Bearer $TOKEN"
curl -X PATCH "$url" -H "Authorization: Bearer $TOKEN" -H "If-Match: $(cat etag.txt)" \\
  -H "Content-Type: application/merge-patch+json" -H "Change-Reason: asked%20by%20the%20lead" \\
  -d '{"website": "https://www.example.org/initiative"}'""",
            """\
import json
import os
from urllib.request import Request, urlopen

url = "https://registry.example/api/v1/initiatives/INI-0001"
token = {"Authorization": f"Bearer {os.environ['TOKEN']}"}
with urlopen(Request(url, headers=token)) as answer:
    tag = answer.headers["ETag"]
headers = {**token, "If-Match": tag, "Content-Type": "application/merge-patch+json"}
body = json.dumps({"website": "https://www.example.org/initiative"})
with urlopen(Request(url, body.encode(), headers, method="PATCH")) as answer:
    print(answer.status, answer.headers.get("Location") or "changed")""",
        ),
    ),
)
SAFELY = Part(
    "safe-writing",
    Words("Veilig nog eens, en op proef", "Sent again safely, and rehearsed"),
    (
        Words(
            "Weet u niet of een verzoek aankwam, stuur het dan opnieuw met dezelfde "
            "`Idempotency-Key`, een sleutel die u zelf verzint: het wordt één keer uitgevoerd en "
            "krijgt hetzelfde antwoord, met `Idempotency-Replayed`. Dezelfde sleutel met een "
            "andere inhoud, voorwaarde (`If-Match`, `If-None-Match`) of reden (`Change-Reason`) is "
            "400; loopt het eerste verzoek nog, dan 409.",
            "If you do not know whether a request arrived, send it again with the same "
            "`Idempotency-Key`, a key of your own making: it is carried out once and gets the "
            "same answer, with `Idempotency-Replayed`. The same key with another body, "
            "condition (`If-Match`, `If-None-Match`) or reason (`Change-Reason`) is 400; while the "
            "first request is still running, 409.",
        ),
        Words(
            "`dryRun=true` beoordeelt alles en antwoordt zoals het zou worden, met dezelfde "
            "status en zonder `ETag` en `Location`, en bewaart niets. Dat kan bij maken (POST), "
            "wijzigen (PATCH), schrijven onder een eigen sleutel (PUT) en `/batches`; elders is "
            "het 400.",
            "`dryRun=true` judges everything and answers what would result, with the same status "
            "and without `ETag` and `Location`, and keeps nothing. It is for creating (POST), "
            "changing (PATCH), writing by a key of your own (PUT) and `/batches`; elsewhere it is "
            "400.",
        ),
    ),
    examples=(
        Example(
            Words("Eerst op proef, dan met een sleutel", "Rehearsed first, then with a key"),
            """\
url="https://registry.example/api/v1/initiatives"
body='{"title": "Rustig werken", "kind": "research"}'
curl -X POST "$url?dryRun=true" -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" -d "$body"
curl -X POST "$url" -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: rust-2027-$$" \\
  -H "Content-Type: application/json" -d "$body\"""",
            """\
import json
import os
import uuid
from urllib.request import Request, urlopen

url = "https://registry.example/api/v1/initiatives"
headers = {
    "Authorization": f"Bearer {os.environ['TOKEN']}",
    "Content-Type": "application/json",
    "Idempotency-Key": str(uuid.uuid4()),
}
body = json.dumps({"title": "Rustig werken", "kind": "research"}).encode()
for attempt in (1, 2):
    with urlopen(Request(url, body, headers, method="POST")) as answer:
        print(attempt, answer.status, answer.headers["Location"])""",
        ),
    ),
)
OWN_KEYS = Part(
    "own-keys",
    Words("Uw eigen sleutels, en veel tegelijk", "Your own keys, and many at once"),
    (
        Words(
            "Houdt u gegevens bij in een eigen systeem, schrijf ze dan onder de sleutel die ze "
            "daar hebben: `PUT /{collection}/external/{system}/{key}`. Met `If-None-Match: *` "
            "wordt een gegeven gemaakt, met `If-Match` vervangen.",
            "If you keep records in a system of your own, write them by the key that they have "
            "there: `PUT /{collection}/external/{system}/{key}`. With `If-None-Match: *` a record "
            "is made, with `If-Match` it is replaced.",
        ),
        Words(
            "`POST /batches` voert tot 100 wijzigingen uit, elk apart beoordeeld, of met "
            '`"atomic": true` alles of niets.',
            "`POST /batches` carries out up to 100 changes, each judged by itself, or with "
            '`"atomic": true` all or nothing.',
        ),
    ),
    examples=(
        Example(
            Words("Onder uw eigen sleutel", "By your own key"),
            """\
curl -X PUT "https://registry.example/api/v1/initiatives/external/zaken/2027-$$" \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -H "If-None-Match: *" -d '{"title": "Handreiking werkdruk", "kind": "research"}'""",
            """\
import json
import os
from urllib.request import Request, urlopen

make = {"operation": "create", "collection": "initiatives", "payload": {"title": "Werkgesprek"}}
put = {
    "operation": "upsert",
    "collection": "initiatives",
    "system": "zaken",
    "key": "2027-batch",
    "ifNoneMatch": "*",
    "payload": {"title": "Handreiking werkdruk"},
}
headers = {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"}
body = json.dumps({"operations": [make, put]}).encode()
url = "https://registry.example/api/v1/batches"
with urlopen(Request(url, body, headers, method="POST")) as answer:
    for result in json.load(answer)["results"]:
        print(result["status"], result["location"] or result["problem"]["detail"])""",
        ),
    ),
)
PROPOSING = Part(
    "proposing",
    Words("Van concept tot gepubliceerd", "From draft to published"),
    (
        Words(
            "Een concept wordt ingediend (`POST …/submissions`) en door het secretariaat "
            "gepubliceerd (`POST …/publications`) of teruggegeven (`POST …/returns`).",
            "A draft is submitted (`POST …/submissions`), and published by the secretariat (`POST "
            "…/publications`) or returned (`POST …/returns`).",
        ),
        Words(
            "Wat gepubliceerd is, wijzigt u met een voorstel: dezelfde `PATCH` geeft dan 202, met "
            "het voorstel in `Location`. Tot het beoordeeld is, blijft het gegeven zoals het was.",
            "What is published you change by a proposal: the same `PATCH` then gives 202, with "
            "the proposal in `Location`. Until it is judged, the record stays as it was.",
        ),
    ),
)
