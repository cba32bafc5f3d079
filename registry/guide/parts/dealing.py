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
        ("429", Words("te veel: zie `Retry-After`", "too many: see `Retry-After`")),
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
            "JSON is hoogstens 1 MB en 32 diep, een bestand hoogstens 4 MB, een lijst van rijen "
            "hoogstens 500 lang, een adres hoogstens 8000 tekens met 200 waarden. Een pagina heeft "
            "hoogstens 100 gegevens.",
            "JSON is at most 1 MB and 32 deep, a file at most 4 MB, a list of rows at most 500 "
            "long, an address at most 8000 characters with 200 values. A page has at most 100 "
            "records.",
        ),
        Words(
            "Hoeveel u per minuut mag vragen, staat in `RateLimit-Policy` op elk antwoord, en in "
            "`RateLimit` hoeveel er nog kan (`r`) en hoe lang (`t`, in seconden). Alle tokens van "
            "één account tellen samen; zonder token telt het adres waar u vandaan komt. Wie meer "
            "vraagt, krijgt 429 en wacht zo lang als `Retry-After` zegt. Wie na elkaar vraagt, "
            "merkt er niets van.",
            "How much you may ask in a minute is in `RateLimit-Policy` on every answer, and in "
            "`RateLimit` how much is left (`r`) and for how long (`t`, in seconds). All tokens of "
            "an account count together; without a token, the address that you come from counts. "
            "Who asks more gets 429 and waits as long as `Retry-After` says. Who asks one thing "
            "after the other does not notice.",
        ),
    ),
    (
        ("read", Words("lezen met een token", "reading with a token")),
        ("anonymous", Words("lezen zonder token", "reading without one")),
        ("write", Words("wijzigen", "changing")),
        ("heavy", Words("zoeken, hele lijsten, tellen", "searching, whole lists, counting")),
        ("tokens", Words("tokens die niet gelden", "tokens that are not valid")),
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
