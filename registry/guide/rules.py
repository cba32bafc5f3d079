"""The design rules that hold, each with what is done about it; its test is named after it."""

from dataclasses import dataclass

from ..words import Words

STANDARD = "https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2.0/"


@dataclass(frozen=True)
class Rule:
    """A rule of NLGov REST API Design Rules 2.2.0. `deviation`: it is not kept as it is written,
    for a reason that `told` gives."""

    name: str
    told: Words
    deviation: bool = False

    @property
    def test(self) -> str:
        """The test that holds it, in tests/rules/."""
        return f"test_core_{self.name.replace('/', '_').replace('-', '_')}"


RULES: tuple[Rule, ...] = (
    Rule(
        "naming-resources",
        Words(
            "Zelfstandige naamwoorden: `initiatives`, `publications`. Geen werkwoorden.",
            "Nouns: `initiatives`, `publications`. No verbs.",
        ),
    ),
    Rule(
        "naming-collections",
        Words(
            "Lijsten zijn meervoud; waarvan er één is, is enkelvoud: `calendar`, `progress`.",
            "Lists are plural; what there is one of is singular: `calendar`, `progress`.",
        ),
    ),
    Rule(
        "interface-language",
        Words(
            "De namen zijn Engels, omdat de woordenlijst van de opdrachtgever dat is en ook "
            "onderzoekers en instellingen in het buitenland meelezen. Elke beschrijving geeft"
            " de Nederlandse term.",
            "Names are English, as the vocabulary of the client is, and as researchers and "
            "institutions abroad read along. Every description gives the Dutch term.",
        ),
        deviation=True,
    ),
    Rule(
        "no-trailing-slash",
        Words(
            "Een adres met een slash erachter is 404 en leidt nergens heen; de wortel bestaat"
            " in beide vormen.",
            "An address with a slash behind it is 404 and leads nowhere; the root exists in "
            "both forms.",
        ),
    ),
    Rule(
        "path-segments-kebab-case",
        Words(
            "Kleine letters, cijfers en streepjes. Geen extensies: het formaat staat in `Accept`.",
            "Lower case letters, digits and hyphens. No extensions: the format is in `Accept`.",
        ),
    ),
    Rule(
        "query-keys-camel-case", Words("`perPage`, `updatedSince`.", "`perPage`, `updatedSince`.")
    ),
    Rule(
        "hide-implementation",
        Words(
            "Kenmerken in plaats van rijnummers; geen kopregel of fout noemt waarmee het "
            "register is gemaakt.",
            "References instead of row numbers; no header or error names what the registry is"
            " made with.",
        ),
    ),
    Rule(
        "date-time/format",
        Words(
            "Een dag is `date`, een moment `date-time`; er zijn geen losse tijden.",
            "A day is `date`, a moment `date-time`; there are no times by themselves.",
        ),
    ),
    Rule(
        "date-time/timezone",
        Words(
            "Elke tijdzone mag in een verzoek; elk antwoord is UTC, met Z.",
            "Any offset may be sent; every answer is UTC, with Z.",
        ),
    ),
    Rule(
        "date-time/date-omit-time-portion",
        Words(
            "Waar een dag bedoeld is, staat geen uur. Momenten eindigen op `At`.",
            "Where a day is meant there is no hour. Moments end in `At`.",
        ),
    ),
    Rule(
        "http-methods",
        Words(
            "GET, POST, PUT, PATCH, DELETE, en HEAD en OPTIONS. Al het andere is 405 met `Allow`.",
            "GET, POST, PUT, PATCH, DELETE, and HEAD and OPTIONS. Anything else is 405 with "
            "`Allow`.",
        ),
    ),
    Rule(
        "http-safety",
        Words(
            "Lezen verandert niets. PUT en DELETE nog eens sturen verandert niets meer.",
            "Reading changes nothing. To send PUT or DELETE again changes nothing more.",
        ),
    ),
    Rule(
        "http-response-code",
        Words(
            "Elke status die voorkomt, staat bij die bewerking in het document. Een fout van "
            "ons zegt niets over de binnenkant.",
            "Every status that occurs is told of that operation in the document. A fault of "
            "ours tells nothing of the inside.",
        ),
    ),
    Rule(
        "stateless",
        Words(
            "Geen sessies: cookies worden niet gezet en niet gelezen.",
            "No sessions: cookies are neither set nor read.",
        ),
    ),
    Rule(
        "nested-child",
        Words(
            "`/initiatives/{reference}/updates`: wat alleen bij een gegeven bestaat, staat "
            "eronder.",
            "`/initiatives/{reference}/updates`: what exists only with a record stands below it.",
        ),
    ),
    Rule(
        "resource-operations",
        Words(
            "Wat men met een gegeven doet, is een onderdeel ervan: `POST …/publications`.",
            "What is done with a record is a part of it: `POST …/publications`.",
        ),
    ),
    Rule(
        "error-handling/problem-details",
        Words(
            "Elke fout, ook een onbekend adres, is `application/problem+json` met status, "
            "title en detail.",
            "Every error, an unknown address included, is `application/problem+json` with "
            "status, title and detail.",
        ),
    ),
    Rule(
        "error-handling/invalid-input",
        Words(
            "400, nooit 422. Een onbekende parameter of een onbekend veld is ook een fout.",
            "400, never 422. An unknown parameter or field is an error too.",
        ),
    ),
    Rule(
        "error-handling/all-errors",
        Words(
            "`errors` noemt alles wat er mis is, met de plaats en wat wel mag.",
            "`errors` names all that is wrong, with its place and what is allowed.",
        ),
    ),
    Rule(
        "doc-openapi",
        Words(
            "OpenAPI 3.1, gemaakt uit dezelfde velden als de schermen, met elke route.",
            "OpenAPI 3.1, made from the same fields as the screens, with every route.",
        ),
    ),
    Rule(
        "doc-openapi-contact",
        Words(
            "Naam, e-mail en adres van het secretariaat.",
            "Name, e-mail and address of the secretariat.",
        ),
    ),
    Rule(
        "doc-language",
        Words(
            "Het document is Engels, zoals de namen erin. Deze pagina’s zijn er in het Nederlands.",
            "The document is English, as the names in it. These pages are there in Dutch.",
        ),
        deviation=True,
    ),
    Rule(
        "publish-openapi",
        Words(
            "`/api/v1/openapi.json`, voor iedereen en vanaf elke pagina (CORS `*`).",
            "`/api/v1/openapi.json`, for everybody and from every page (CORS `*`).",
        ),
    ),
    Rule(
        "deprecation-schedule",
        Words(
            "Wat verdwijnt, zegt dat in het document, in `Deprecation` en `Sunset`, en in de "
            "lijst van versies.",
            "What goes away says so in the document, in `Deprecation` and `Sunset`, and in "
            "the list of versions.",
        ),
    ),
    Rule(
        "transition-period",
        Words(
            "Ten minste een jaar; een kortere termijn is niet in te voeren. Nooit meer dan "
            "twee hoofdversies.",
            "A year at least; a shorter term cannot be entered. Never more than two major "
            "versions.",
        ),
    ),
    Rule(
        "uri-version",
        Words("`/api/v1`: alleen het eerste getal.", "`/api/v1`: the first number only."),
    ),
    Rule(
        "changelog",
        Words(
            "Bij elke versie, op de documentatiepagina.",
            "With every version, on the documentation page.",
        ),
    ),
    Rule("semver", Words("`info.version`, drie getallen.", "`info.version`, three numbers.")),
    Rule(
        "version-header",
        Words(
            "`API-Version` op elk antwoord: ook 204, 304, 308, 404, 405, 413 en 500.",
            "`API-Version` on every answer: also 204, 304, 308, 404, 405, 413 and 500.",
        ),
    ),
    Rule(
        "transport/tls",
        Words(
            "Alleen https; HSTS voor een jaar. TLS eindigt voor het register, door wie het "
            "draait, volgens de richtlijnen van het NCSC.",
            "Only https; HSTS for a year. TLS ends before the registry, by who runs it, "
            "following the guidelines of the NCSC.",
        ),
    ),
    Rule(
        "transport/no-sensitive-uris",
        Words(
            "Een token staat alleen in `Authorization`; geen parameter draagt een geheim.",
            "A token is in `Authorization` only; no parameter carries a secret.",
        ),
    ),
    Rule(
        "transport/security-headers",
        Words(
            "Alle gevraagde kopregels, op elk antwoord. Lezen heeft `no-cache` met een `ETag`"
            " in plaats van `no-store`, en met een token `private`: wie een kopie bijhoudt, "
            "krijgt 304, en nooit iets ouds. Al het andere is `no-store`.",
            "All headers that are asked for, on every answer. Reading has `no-cache` with an "
            "`ETag` instead of `no-store`, and `private` with a token: who keeps a copy gets "
            "304, and never anything stale. All else is `no-store`.",
        ),
        deviation=True,
    ),
    Rule(
        "transport/cors",
        Words(
            "Lezen mag vanaf elke pagina: het is open data. Schrijven alleen vanaf de "
            "adressen in `CORS_ORIGINS`.",
            "Any page may read: it is open data. Only the origins in `CORS_ORIGINS` may write.",
        ),
    ),
    Rule(
        "modules/geospatial",
        Words(
            "Er zijn geen plaatsen op aarde in de gegevens.",
            "There are no places on earth in the data.",
        ),
    ),
    Rule(
        "modules/signing", Words("Berichten worden niet ondertekend.", "Payloads are not signed.")
    ),
    Rule(
        "modules/encryption",
        Words(
            "Berichten worden niet apart versleuteld; TLS volstaat.",
            "Payloads are not encrypted apart; TLS will do.",
        ),
    ),
)
