"""A graph of linked data, made by short names. rdflib is read in when the first graph is made:
the register starts without."""

import json
from datetime import date
from typing import Any

from ..words import Words

JSON_LD, TURTLE = "application/ld+json", "text/turtle"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
CLASSES = {
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:spatial": "dct:Location",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}
"""What is pointed at in lists of others, which whoever validates this has not at hand."""


class Linked:
    """Statements about things that each have an address; a blank node would be another one each
    time that the graph is made."""

    def __init__(self) -> None:
        from rdflib import Graph

        self.graph = Graph(bind_namespaces="none")
        for prefix, address in PREFIXES.items():
            self.graph.bind(prefix, address)

    def a(self, subject: str, *classes: str) -> str:
        """Say what `subject` is, and return it."""
        for name in classes:
            self.link(subject, "rdf:type", _whole(name))
        return subject

    def link(self, subject: str, name: str, *addresses: str) -> None:
        """Say that `subject` points at these."""
        from rdflib import URIRef

        for address in addresses:
            self.graph.add((URIRef(subject), URIRef(_whole(name)), URIRef(address)))
            if name in CLASSES:
                self.a(address, CLASSES[name])

    def say(self, subject: str, name: str, *values: Words | str | int | date) -> None:
        """Say something of `subject` in words, in both languages, or by a value."""
        from rdflib import XSD, Literal, URIRef

        for value in values:
            said = (
                [Literal(value.nl, lang="nl"), Literal(value.en, lang="en")]
                if isinstance(value, Words)
                else [Literal(value, datatype=XSD.nonNegativeInteger)]
                if isinstance(value, int)
                else [Literal(value)]
            )
            for one in said:
                self.graph.add((URIRef(subject), URIRef(_whole(name)), one))

    def written(self, media: str) -> str:
        """The graph as JSON-LD or Turtle, the same text for the same statements."""
        if media == TURTLE:
            return str(self.graph.serialize(format="turtle"))
        made = json.loads(self.graph.serialize(format="json-ld", auto_compact=True))
        return json.dumps(_ordered(made), ensure_ascii=False)


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _ordered(value: Any) -> Any:
    """JSON-LD has sets where JSON has lists: they are put in an order."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value
