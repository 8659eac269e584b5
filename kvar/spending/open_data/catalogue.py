"""The catalogue of what is open, as DCAT-AP-SE 3.0.1: the mandatory properties, and the recommended ones we know.

Sweden's data portal harvests RDF/XML with absolute addresses (github.com/diggsweden/DCAT-AP-SE, docs/harvesting.md).
What nobody has told, such as a contact, is left out rather than invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from kvar.core.messages import LANGUAGES, say
from kvar.ledger.model import Anchor
from kvar.spending.open_data.published import LICENCE, Opened

SPECIFICATION = URIRef("https://lankadedata.se/spec/leverantorsreskontra/1.1")
PUBLIC = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
THEME = URIRef("http://publications.europa.eu/resource/authority/data-theme/GOVE")
CSV_TYPE = URIRef("http://publications.europa.eu/resource/authority/file-type/CSV")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
FORMATS = {"rdf": ("pretty-xml", "application/rdf+xml"), "ttl": ("turtle", "text/turtle")}


@dataclass(frozen=True, slots=True)
class Dataset:
    """An open year with whose it is and the absolute address of its file."""

    opened: Opened
    anchor: Anchor
    address: str


def catalogue(home: str, place: str, datasets: Sequence[Dataset]) -> Graph:
    """The graph; `home` is the absolute address of the page that everything hangs on, `place` its name."""
    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("vcard", VCARD)
    top = URIRef(f"{home}#katalog")
    graph.add((top, RDF.type, DCAT.Catalog))
    _texts(graph, top, "open_data.catalogue", {"place": place})
    graph.add((top, DCTERMS.license, URIRef(LICENCE)))
    graph.add((top, FOAF.homepage, URIRef(home)))
    for n, dataset in enumerate(datasets):
        publisher = _publisher(graph, home, dataset.anchor)
        if n == 0:
            graph.add((top, DCTERMS.publisher, publisher))
        graph.add((top, DCAT.dataset, _dataset(graph, home, dataset, publisher)))
    return graph


def _publisher(graph: Graph, home: str, anchor: Anchor) -> URIRef:
    who = URIRef(f"{home}#{anchor.slug}")
    graph.add((who, RDF.type, FOAF.Agent))
    graph.add((who, FOAF.name, Literal(anchor.name)))
    return who


def _dataset(graph: Graph, home: str, dataset: Dataset, publisher: URIRef) -> URIRef:
    one, year = URIRef(f"{home}#{dataset.anchor.slug}-{dataset.opened.year}"), dataset.opened.year
    graph.add((one, RDF.type, DCAT.Dataset))
    _texts(graph, one, "open_data.dataset", {"anchor": dataset.anchor.name, "year": year})
    known = ((DCTERMS.publisher, publisher), (DCTERMS.conformsTo, SPECIFICATION), (DCTERMS.accessRights, PUBLIC),
             (DCAT.theme, THEME),
             (DCTERMS.issued, Literal(dataset.opened.at, datatype=XSD.date)),
             (DCTERMS.temporal, _period(graph, year)),
             (DCAT.distribution, _distribution(graph, one, dataset.address)))  # fmt: skip
    for name, value in known:
        graph.add((one, name, value))
    for lang in LANGUAGES:
        for word in say("open_data.keywords", {}, lang).split(", "):
            graph.add((one, DCAT.keyword, Literal(word, lang=lang)))
    if dataset.opened.contact:
        graph.add((one, DCAT.contactPoint, _contact(graph, one, dataset)))
    return one


def _distribution(graph: Graph, one: URIRef, address: str) -> URIRef:
    file = URIRef(f"{one}-csv")
    known = ((RDF.type, DCAT.Distribution), (DCAT.accessURL, URIRef(address)), (DCAT.downloadURL, URIRef(address)),
             (DCTERMS.license, URIRef(LICENCE)), (DCTERMS.format, CSV_TYPE), (DCTERMS.conformsTo, SPECIFICATION),
             (DCAT.mediaType, URIRef("http://www.iana.org/assignments/media-types/text/csv")))  # fmt: skip
    for name, value in known:
        graph.add((file, name, value))
    return file


def _period(graph: Graph, year: int) -> BNode:
    period = BNode()
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, Literal(date(year, 1, 1))))
    graph.add((period, DCAT.endDate, Literal(date(year, 12, 31))))
    return period


def _contact(graph: Graph, one: URIRef, dataset: Dataset) -> URIRef:
    contact = URIRef(f"{one}-kontakt")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(dataset.anchor.name)))
    graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{dataset.opened.contact}")))
    return contact


def _texts(graph: Graph, one: URIRef, code: str, values: dict[str, object]) -> None:
    for lang in LANGUAGES:
        graph.add((one, DCTERMS.title, Literal(say(f"{code}.title", values, lang), lang=lang)))
        graph.add((one, DCTERMS.description, Literal(say(f"{code}.about", values, lang), lang=lang)))
