"""The changelog of the API: what each version brought, the newest first."""

from dataclasses import dataclass

from ...words import Words


@dataclass(frozen=True)
class Version:
    """A version of the API, with what changed for who uses it."""

    number: str
    changes: tuple[Words, ...]


VERSIONS: tuple[Version, ...] = (
    Version(
        "1.1.0",
        (
            Words(
                "Lezen: `fields`, `expand`, filters en grenzen op alles wat een lijst toont, "
                "`highlight`, `…/_facets`, hele lijsten als CSV en NDJSON, en naar beide kanten "
                "bladeren.",
                "Reading: `fields`, `expand`, filters and bounds on all that a list shows, "
                "`highlight`, `…/_facets`, whole lists as CSV and NDJSON, and paging both ways.",
            ),
            Words(
                "Schrijven: `Idempotency-Key`, `dryRun`, `/batches`, en gegevens onder de sleutel "
                "van een partij.",
                "Writing: `Idempotency-Key`, `dryRun`, `/batches`, and records by the key of a "
                "partner.",
            ),
            Words(
                "Bijhouden: `/changes` en `/dumps`. Open data: `/catalog`, en JSON-LD van "
                "organisaties en initiatieven.",
                "Keeping in step: `/changes` and `/dumps`. Open data: `/catalog`, and JSON-LD of "
                "organisations and initiatives.",
            ),
            Words(
                "`RateLimit` en `RateLimit-Policy` op wat meetelt; grenzen aan wat een vraag "
                "kost; tokens voor één organisatie.",
                "`RateLimit` and `RateLimit-Policy` on what counts; bounds to what a question "
                "costs; tokens for one organisation.",
            ),
            Words(
                "Documentatie om te lezen, per onderdeel, met voorbeelden: `/api/v1/docs`, ook te "
                'vinden met `Link: rel="service-doc"`.',
                "Documentation to read, per resource, with examples: `/api/v1/docs`, also found by "
                '`Link: rel="service-doc"`.',
            ),
            Words(
                "Wat verdwijnt, zegt dat in `Deprecation` en `Sunset`.",
                "What goes away says so in `Deprecation` and `Sunset`.",
            ),
            Words(
                "Een token kan voor één organisatie zijn, of alleen voor wat openbaar is. "
                "`RateLimit` zegt hoeveel u nog mag vragen; elke fout heeft een `requestId`.",
                "A token can be for one organisation, or only for what is public. `RateLimit` says "
                "how much you may still ask; every error has a `requestId`.",
            ),
            Words(
                "De catalogus van deze open data (`/catalog`), en organisaties en initiatieven in "
                "de woorden van schema.org (`Accept: application/ld+json`).",
                "The catalogue of these open data (`/catalog`), and organisations and initiatives "
                "in the words of schema.org (`Accept: application/ld+json`).",
            ),
        ),
    ),
    Version(
        "1.0.0",
        (
            Words(
                "De eerste versie: lezen, registreren, wijzigen, voorstellen en beoordelen; "
                "geschiedenis, bijlagen, uitvragen, kalender en stand van zaken.",
                "The first version: reading, registering, changing, proposing and judging; "
                "history, annexes, reporting rounds, calendar and progress.",
            ),
        ),
    ),
)
"""Nothing has been deprecated yet; what is gets a line here with its days."""
