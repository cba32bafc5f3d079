"""What the document says in English, in Dutch. The rest is shown in English, and marked so."""

from collections.abc import Mapping

from ..words import Words

ABOUT = "/{reference}"
REVISION = f"{ABOUT}/revisions/{{key}}"
OPERATIONS: Mapping[tuple[str, str], Words] = {
    ("GET", ""): Words("De lijst", "The list"),
    ("POST", ""): Words("Registreren", "Register"),
    ("GET", ABOUT): Words("Eén gegeven", "One record"),
    ("PATCH", ABOUT): Words("Wijzigen", "Change"),
    ("DELETE", ABOUT): Words("Verwijderen", "Delete"),
    ("POST", f"{ABOUT}/publications"): Words("Publiceren", "Publish"),
    ("POST", f"{ABOUT}/submissions"): Words("Indienen", "Submit"),
    ("POST", f"{ABOUT}/returns"): Words("Teruggeven", "Send back"),
    ("POST", f"{ABOUT}/withdrawals"): Words("Weer concept maken", "Make it a draft again"),
    ("POST", f"{ABOUT}/archivals"): Words("Archiveren", "Archive"),
    ("GET", f"{ABOUT}/revisions"): Words("Voorstellen tot wijziging", "Proposed revisions"),
    ("GET", REVISION): Words("Eén voorstel", "One revision"),
    ("PUT", REVISION): Words("Een voorstel vervangen", "Replace a revision"),
    ("DELETE", REVISION): Words("Een voorstel intrekken", "Withdraw a revision"),
    ("DELETE", f"{REVISION}/fields/{{field}}"): Words(
        "Eén veld uit een voorstel halen", "Take one field out of a revision"
    ),
    ("POST", f"{REVISION}/publications"): Words("Een voorstel overnemen", "Adopt a revision"),
    ("POST", f"{REVISION}/returns"): Words("Een voorstel teruggeven", "Send a revision back"),
    ("POST", f"{ABOUT}/restorations"): Words(
        "Een eerdere versie terugzetten", "Put an earlier version back"
    ),
    ("GET", f"{ABOUT}/history"): Words("De geschiedenis", "The history"),
    ("GET", f"{ABOUT}/occurrences"): Words(
        "Wanneer het wordt verwacht, en de edities", "When it is expected, and its editions"
    ),
    ("POST", f"{ABOUT}/handovers"): Words("Het beheer overdragen", "Hand over"),
    ("POST", f"{ABOUT}/mergers"): Words("Samenvoegen met een ander", "Merge into another"),
    ("GET", f"{ABOUT}/updates"): Words("De stand van zaken", "The state of affairs"),
    ("POST", f"{ABOUT}/updates"): Words("De stand van zaken melden", "Report how it stands"),
    ("POST", f"{ABOUT}/updates/{{key}}/releases"): Words(
        "Een melding vrijgeven", "Release a report"
    ),
    ("GET", f"{ABOUT}/updates/{{key}}/files"): Words(
        "De bestanden bij een melding", "The files of a report"
    ),
    ("POST", f"{ABOUT}/updates/{{key}}/files"): Words(
        "Een bestand bij een melding voegen", "Add a file to a report"
    ),
    ("GET", f"{ABOUT}/updates/{{key}}/files/{{file}}"): Words("Eén bestand", "One file"),
    ("GET", f"{ABOUT}/chain"): Words("De keten, van debat tot afdoening", "The chain, from debate"),
    ("GET", f"{ABOUT}/sources"): Words("De bronnen", "The sources"),
    ("GET", "/_facets"): Words("Tellingen bij de lijst", "Counts beside the list"),
    ("GET", "/external/{system}/{key}"): Words(
        "Eén gegeven, naar uw sleutel", "One record, by your key"
    ),
    ("PUT", "/external/{system}/{key}"): Words("Schrijven onder uw sleutel", "Write by your key"),
    ("GET", f"{ABOUT}/external-keys"): Words("De sleutels van partijen", "The keys of partners"),
    ("GET", f"{ABOUT}/versions"): Words("De versies", "The versions"),
    ("POST", f"{ABOUT}/versions"): Words("Een versie vastleggen", "Freeze a version"),
    ("GET", f"{ABOUT}/versions/{{key}}"): Words("Eén versie", "One version"),
    ("GET", f"{ABOUT}/readiness"): Words("Hoe ver het is", "How ready it is"),
    ("GET", f"{ABOUT}/document"): Words("Als document", "As a document"),
    ("GET", f"{ABOUT}/comparison"): Words("Twee versies vergeleken", "Two versions compared"),
}
RESOURCES: Mapping[str, tuple[Words, Words]] = {
    "vocabularies": (
        Words("Codelijsten", "Vocabularies"),
        Words("Wat elke code betekent.", "What each code means."),
    ),
    "rounds": (
        Words("Uitvragen", "Reporting rounds"),
        Words("Rondes waarin om de stand van zaken wordt gevraagd.", "Who is asked how it stands."),
    ),
    "reminders": (
        Words("Herinneringen", "Reminders"),
        Words("Wie waaraan is herinnerd.", "Who was reminded of what."),
    ),
    "history": (
        Words("Geschiedenis", "History"),
        Words("Wie wat wijzigde, wanneer en waarom.", "Who changed what, when and why."),
    ),
    "jobs": (
        Words("Werk dat lang duurt", "Long work"),
        Words("Wat u liet doen, en hoe ver het is.", "What you asked for, and how far it is."),
    ),
    "progress": (
        Words("Stand van zaken", "Progress"),
        Words("De cijfers op de peildatum.", "The figures on the reference date."),
    ),
    "calendar": (
        Words("Kalender", "Calendar"),
        Words("De dagen van termijnen en bijeenkomsten.", "The days of terms and meetings."),
    ),
    "gaps": (
        Words("Witte vlekken", "White spots"),
        Words(
            "Oorzaken en thema’s per sector en doelgroep.", "Causes and themes by sector and group."
        ),
    ),
    "holders": (
        Words("Wiens opvatting het is", "Whose view it is"),
        Words("Oorzaken en opvattingen naast elkaar.", "Causes and views side by side."),
    ),
    "changes": (
        Words("Wijzigingen", "Changes"),
        Words("Wat er veranderde, om een kopie bij te houden.", "What changed, to follow along."),
    ),
    "dumps": (
        Words("Alles in één bestand", "Dumps"),
        Words("Alle openbare gegevens, om mee te beginnen.", "All public records, to begin with."),
    ),
    "catalog": (
        Words("Catalogus", "Catalogue"),
        Words("Wat er aan open data is (DCAT-AP-NL).", "What open data there is (DCAT-AP-NL)."),
    ),
    "batches": (
        Words("Veel wijzigingen in één verzoek", "Batches"),
        Words("Elk apart beoordeeld, of alles of niets.", "Each by itself, or all or nothing."),
    ),
}
PARAMETERS: Mapping[str, str] = {
    "reference": "Het kenmerk van het gegeven.",
    "If-Match": "De ETag van het gegeven zoals u het las.",
    "If-None-Match": "De ETag van wat u al hebt.",
    "Change-Reason": "De reden van de wijziging; UTF-8 met procenttekens. Wie iets van de "
    "wijziging mag zien, leest haar in de geschiedenis. Verplicht om iets gepubliceerds te "
    "verwijderen.",
    "Idempotency-Key": "Een sleutel van uzelf: hetzelfde verzoek krijgt weer hetzelfde antwoord.",
    "asOf": "Peildatum.",
    "knownAt": "Zoals het register het op dit moment wist.",
    "perPage": "Hoeveel gegevens tegelijk.",
    "cursor": "Uit een Link; de inhoud heeft geen betekenis.",
    "count": "Of het totaal in Total-Count moet staan.",
    "q": "Zoekwoorden; Nederlandse verbuigingen tellen mee, het laatste woord mag half zijn.",
    "sort": "Waarop gesorteerd wordt; een `-` ervoor keert om. Zonder datum komt achteraan.",
    "dryRun": "Alleen op proef: alles wordt beoordeeld en niets bewaard.",
    "highlight": "Of elk gegeven de stukken tekst krijgt waarin de woorden van `q` staan.",
    "facet": "Welke filters geteld worden; mag herhaald worden, hoogstens 20.",
    "system": "De naam van uw systeem.",
    "fields": "Alleen deze velden, met komma’s.",
    "expand": "Verwijzingen die voluit komen, met komma’s.",
    "updatedSince": "Gewijzigd op of na dit moment.",
    "from": "Vanaf deze dag.",
    "to": "Tot en met deze dag.",
    "until": "Tot en met deze dag.",
    "who": "Een deel van de naam van wie het wijzigde.",
    "theme": "Het kenmerk van een thema.",
    "organisation": "Het kenmerk van een organisatie.",
    "key": "De sleutel ervan.",
    "file": "De sleutel van het bestand.",
    "field": "De naam van een veld in het voorstel.",
    "format": "Als wat voor bestand.",
    "language": "In welke taal.",
    "name": "De naam van de lijst.",
}
BOUNDS: Mapping[str, str] = {
    "Before": "Hiervóór; van een termijn de laatste dag.",
    "After": "Hierna; van een termijn de eerste dag.",
    "Since": "Hierop of hierna.",
    "Min": "Minstens dit.",
    "Max": "Hoogstens dit.",
}
"""By the ending of a parameter that bounds a list."""
STATUSES: Mapping[str, Words] = {
    "200": Words("Gelukt.", "Done."),
    "201": Words("Gemaakt; het adres staat in Location.", "Made; its address is in Location."),
    "202": Words("Aangenomen als voorstel of werk.", "Taken in, as a proposal or as work."),
    "204": Words("Gelukt; er is niets te melden.", "Done; there is nothing to tell."),
    "304": Words("U hebt dit al.", "You have this already."),
    "308": Words("Samengevoegd: het staat nu daar.", "Merged: it is there now."),
    "400": Words("Het verzoek klopt niet.", "The request is wrong."),
    "401": Words("Geen geldig token.", "No valid token."),
    "403": Words("Dit mag u niet.", "You may not do this."),
    "404": Words("Het is er niet, of niet voor u.", "It is not there, or not for you."),
    "406": Words("Dit formaat is er niet.", "This format is not there."),
    "409": Words("Het past niet bij hoe het nu is.", "It does not fit how things are now."),
    "410": Words("Het is verwijderd.", "It was removed."),
    "412": Words("Iemand wijzigde het intussen.", "Somebody changed it meanwhile."),
    "413": Words("Het verzoek is te groot.", "The request is too large."),
    "415": Words("Dit formaat wordt niet gelezen.", "This format is not read."),
    "428": Words("If-Match ontbreekt.", "If-Match is missing."),
    "429": Words("Te veel verzoeken: zie Retry-After.", "Too many requests: see Retry-After."),
    "503": Words("Even wachten: zie Retry-After.", "Wait a moment: see Retry-After."),
    "default": Words("Een ander probleem.", "Any other problem."),
}
TYPES: Mapping[str, Words] = {
    "string": Words("tekst", "text"),
    "date": Words("datum", "date"),
    "date-time": Words("moment (UTC)", "moment (UTC)"),
    "uri": Words("adres", "address"),
    "integer": Words("geheel getal", "whole number"),
    "number": Words("getal", "number"),
    "boolean": Words("ja of nee", "true or false"),
    "object": Words("object", "object"),
    "array": Words("lijst", "list"),
}
TITLES: Mapping[str, str] = {
    "A line of an annex": "Een regel van een bijlage",
    "Adopt a version of a plan": "Een versie van een plan vaststellen",
    "Adopt the minutes of a meeting": "Het verslag van een overleg vaststellen",
    "Agree to a line": "Akkoord gaan met een regel",
    "All code lists": "Alle codelijsten",
    "All that is public, as files (dumps)": "Alles wat openbaar is, als bestanden",
    "An annex as a document": "Een bijlage als document",
    "Ask the owner of a line whether they agree": "Vragen of de eigenaar van een regel akkoord is",
    "Ask the owners of all lines that were not asked yet": "Vragen wie niet gevraagd is",
    "Call it off while it waits": "Afzeggen zolang het wacht",
    "Close a round and freeze its records": "Een ronde sluiten en de gegevens bevriezen",
    "Freeze an annex for good": "Een bijlage voorgoed bevriezen",
    "How far one is": "Hoe ver het is",
    "Make an action point an agreement": "Van een actiepunt een afspraak maken",
    "One code list": "Eén codelijst",
    "One of these files": "Eén van deze bestanden",
    "One round": "Eén ronde",
    "Open a round": "Een ronde openen",
    "Remind who has not reported": "Herinneren wie nog niet gemeld heeft",
    "Say what is wrong": "Zeggen wat er niet klopt",
    "The catalogue of the data (DCAT-AP-NL 3)": "De catalogus van de gegevens (DCAT-AP-NL 3)",
    "The days of terms, milestones, editions and meetings": "De kalender van dagen",
    "The figures on the reference date": "De cijfers op de peildatum",
    "The rounds": "De rondes",
    "Up to 100 changes at a time": "Tot 100 wijzigingen tegelijk",
    "What an annex says: as it was frozen, or as it is now.": "Wat een bijlage zegt",
    "What changed (wijzigingen)": "Wat er veranderde",
    "What is known, and where (witte vlekken)": "Wat er bekend is, en waar niet (witte vlekken)",
    "What the caller asked for": "Waar u om vroeg",
    "What was changed in the registry": "Wat er in het register is gewijzigd",
    "What was frozen; for the secretariat": "Wat er bevroren is, voor het secretariaat",
    "What was sent to whom, or waits to be sent": "Wat aan wie is gestuurd, of nog gaat",
    "Who holds what, side by side (wie vindt wat)": "Wie wat vindt, naast elkaar",
    "Write the text of a line": "De tekst van een regel schrijven",
}
"""What an operation that is of no kind of record is called, by its summary."""
