"""What to reckon with: errors, limits, and versions that come and go."""

from ...words import Words
from .told import Example, Part

ERRORS = Part(
    "errors",
    Words("Fouten", "Errors"),
    (
        Words(
            "Elke fout is `application/problem+json` (RFC 9457). `errors` noemt alles wat er mis "
            "is in één keer: waar (`in`, `location`), wat voor programma’s (`code`) en voor "
            "mensen (`detail`), in het Nederlands of Engels naar `Accept-Language`.",
            "Every error is `application/problem+json` (RFC 9457). `errors` names all that is "
            "wrong at once: where (`in`, `location`), what for programs (`code`) and for people "
            "(`detail`), in Dutch or English by `Accept-Language`.",
        ),
        Words(
            "Noem bij een vraag aan het secretariaat het nummer uit `X-Request-ID`, dat ook in de "
            "fout staat (`requestId`). Stuurt u zelf een nummer mee, dan wordt dat gebruikt.",
            "When you ask the secretariat, name the number in `X-Request-ID`, which is in the "
            "error too (`requestId`). If you send one yourself, that one is used.",
        ),
    ),
    (
        ("400", Words("het verzoek klopt niet; nooit 422", "the request is wrong; never 422")),
        ("401", Words("geen geldig token", "no valid token")),
        ("403", Words("dit mag u niet", "you may not do this")),
        ("404", Words("het is er niet, of niet voor u", "it is not there, or not for you")),
        ("406, 415", Words("dit formaat is er niet", "this format is not there")),
        ("409", Words("het past niet bij hoe het nu is", "it does not fit how things are now")),
        ("412, 428", Words("`If-Match` is oud of ontbreekt", "`If-Match` is stale or missing")),
        ("413, 414", Words("het verzoek is te groot", "the request is too large")),
        (
            "429",
            Words("te veel verzoeken: zie `Retry-After`", "too many requests: see `Retry-After`"),
        ),
        ("503", Words("even wachten: zie `Retry-After`", "wait a moment: see `Retry-After`")),
    ),
    (
        Example(
            Words("Een vraag met twee fouten", "A question with two mistakes"),
            'curl "https://registry.example/api/v1/initiatives?colour=red&status=lost" -i',
            """\
import json
from urllib.error import HTTPError
from urllib.request import urlopen

try:
    urlopen("https://registry.example/api/v1/initiatives?colour=red&status=lost")
except HTTPError as refused:
    for error in json.load(refused)["errors"]:
        print(error["location"], error["detail"])""",
            refused=True,
        ),
    ),
)
LIMITS = Part(
    "limits",
    Words("Grenzen", "Limits"),
    (
        Words(
            "Wat meetelt, zegt hoeveel er per minuut mag (`RateLimit-Policy`) en hoeveel er nog "
            "over is (`RateLimit`); een adres dat niet bestaat telt niet mee. Daarboven "
            "is het 429, met in `Retry-After` na hoeveel seconden het weer kan. Met een token telt "
            "uw account, zonder token uw adres.",
            "What counts says how much may be asked in a minute (`RateLimit-Policy`) and how much "
            "is left (`RateLimit`); an address that does not exist does not count. Above that it "
            "is 429, with in `Retry-After` after how many seconds to try again. With a token your "
            "account counts, without one your address.",
        ),
        Words(
            "Een adres heeft hoogstens 8000 tekens en 200 waarden; JSON is hoogstens 1 MB en 32 "
            "diep, met hoogstens 500 rijen in een lijst. Een pagina heeft hoogstens 100 gegevens. "
            "Een vraag die te veel kost, wordt geweigerd met de reden, en niet geprobeerd.",
            "An address has at most 8000 characters and 200 values; JSON is at most 1 MB and 32 "
            "deep, with at most 500 rows in a list. A page has at most 100 records. A question "
            "that costs too much is refused with the reason, and not attempted.",
        ),
    ),
    (
        ("read", Words("6000 per minuut met een token", "6000 a minute with a token")),
        ("anonymous", Words("3000 per minuut zonder token", "3000 a minute without one")),
        (
            "write",
            Words(
                "600 wijzigingen per minuut, ook in `/batches`",
                "600 changes a minute, those in `/batches` too",
            ),
        ),
        (
            "heavy",
            Words(
                "300 keer per minuut zoeken, `expand` of een hele lijst",
                "300 searches, requests with `expand` or whole lists a minute",
            ),
        ),
    ),
)
VERSIONING = Part(
    "versions",
    Words("Versies en wat verdwijnt", "Versions and deprecation"),
    (
        Words(
            "De versie volgt Semantic Versioning en staat in `API-Version` op elk antwoord. In "
            "het adres staat alleen het eerste getal. Binnen `v1` komt er alleen bij: velden, "
            "parameters, adressen, codes van open lijsten. Reken daarop.",
            "The version follows Semantic Versioning and is in `API-Version` on every answer. The "
            "address has its first number only. Within `v1` things are only added: fields, "
            "parameters, addresses, codes of open lists. Expect them.",
        ),
        Words(
            "Wat verdwijnt, zegt dat minstens een jaar eerder: in het document (`deprecated`), op "
            "elk antwoord in `Deprecation` (RFC 9745) en `Sunset` (RFC 8594), en in de lijst "
            "hieronder. Komt er een `v2`, dan blijft `v1` ten minste een jaar; er zijn er nooit "
            "meer dan twee.",
            "What goes away says so at least a year before: in the document (`deprecated`), on "
            "each answer in `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), and in the list "
            "below. When there is a `v2`, `v1` stays for at least a year; there are never more "
            "than two.",
        ),
    ),
)
