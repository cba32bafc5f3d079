"""Organisations and initiatives as linked data in the words of schema.org, for who asks for
JSON-LD: what any search engine and any catalogue understands."""

from typing import Any

from ..api.alternates import Alternate, entered
from .facts import LICENCE, public_address
from .graph import JSON_LD

Tree = dict[str, Any]
CONTEXT = "https://schema.org"
GOVERNMENT = frozenset({"ministry", "inspectorate", "parliament"})


def organisation(record: Tree) -> Tree:
    """An organisation; what is of the government says so."""
    kind = "GovernmentOrganization" if record.get("kind") in GOVERNMENT else "Organization"
    numbers = record.get("identifiers") or []
    return _thing(
        kind,
        "partners",
        record,
        name=record.get("name"),
        alternateName=record.get("abbreviation"),
        description=record.get("description"),
        sameAs=[record.get("website"), *(row["value"] for row in numbers if _same(row))],
        identifier=[
            {"@type": "PropertyValue", "propertyID": row["scheme"], "value": row["value"]}
            for row in numbers
        ],
        parentOrganization=_pointer(record.get("parent")),
    )


def project(record: Tree) -> Tree:
    """An initiative, with who takes part in which role."""
    themes = [row["theme"] for row in record.get("themes") or [] if row.get("theme")]
    return _thing(
        "Project",
        "initiatives",
        record,
        name=record.get("title"),
        alternateName=record.get("titleEn"),
        description=record.get("summary") or record.get("description"),
        sameAs=[record.get("website")],
        keywords=[theme["name"] for theme in themes if theme.get("name")],
        member=[
            {"@type": "OrganizationRole", "roleName": row.get("role"), "member": shown}
            for row in record.get("participations") or []
            if (shown := _pointer(row.get("partner")))
        ],
    )


def _thing(kind: str, collection: str, record: Tree, **said: Any) -> Tree:
    """A thing with its page for an address; what is not known is not said."""
    page = f"{public_address()}/{collection}/{record['reference']}"
    known = {name: _known(value) for name, value in said.items()}
    return {
        "@context": CONTEXT,
        "@type": kind,
        "@id": page,
        "url": page,
        **{name: value for name, value in known.items() if value},
        "subjectOf": {"@type": "WebPage", "url": page, "license": LICENCE},
    }


def _known(value: Any) -> Any:
    return [one for one in value if one] if isinstance(value, list) else value


def _same(row: Tree) -> bool:
    """Whether a number is an address of the same thing, that somebody has looked at."""
    return bool(row.get("verified")) and str(row["value"]).startswith("https://")


def _pointer(partner: Tree | None) -> Tree | None:
    if not partner or "reference" not in partner:
        return None
    page = f"{public_address()}/partners/{partner['reference']}"
    return {"@type": "Organization", "@id": page, "name": partner.get("name")}


TOLD = "The same in the words of schema.org (JSON-LD)."
entered["api-partners.show"] = Alternate(JSON_LD, organisation, TOLD)
entered["api-initiatives.show"] = Alternate(JSON_LD, project, TOLD)
