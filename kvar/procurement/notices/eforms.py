"""A TED/eForms notice (UBL 2.3: planning, competition or award) as published, without DTD, entities or network."""

from datetime import date, datetime

from lxml import etree

from kvar.core.errors import KvarError
from kvar.ledger.einvoice import parse_xml
from kvar.procurement.notices.seen import Read, Seen, cpv, link, minor, short

NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
ROOTS = ("ContractNotice", "PriorInformationNotice", "ContractAwardNotice")
KINDS = {"supplies": "goods", "services": "services", "works": "works"}
TED = "https://ted.europa.eu/en/notice/-/detail/"


def read_eforms(data: bytes, name: str) -> Read:
    """The one notice of a file; `procurement.notices.not_eforms`, `ledger.xml.*`, or no title."""
    root = parse_xml(data, name)
    if etree.QName(root).localname not in ROOTS:
        raise KvarError("procurement.notices.not_eforms", file=name, root=etree.QName(root).localname)
    title = _text(root, "cac:ProcurementProject/cbc:Name") or _text(root, ".//cac:ProcurementProject/cbc:Name")
    notice = _text(root, "cbc:ID")
    if not title or not notice:
        return Read("eforms", (), {"title": 1})
    return Read("eforms", (_seen(root, notice, title),), {})


def _seen(root: etree._Element, notice: str, title: str) -> Seen:
    amount = root.find(".//cbc:EstimatedOverallContractAmount", NAMES)
    published = _text(root, ".//efac:Publication/efbc:NoticePublicationID")
    codes = root.findall(".//cac:MainCommodityClassification/cbc:ItemClassificationCode", NAMES)
    uris = [
        _text(root, path) for path in (".//cac:CallForTendersDocumentReference//cbc:URI", ".//cbc:BuyerProfileURI")
    ]
    return Seen(
        notice, title, _buyer(root), short(_text(root, "cac:ProcurementProject/cbc:Description")),
        cpv((codes[0].text or "") if codes else ""),
        KINDS.get(_text(root, "cac:ProcurementProject/cbc:ProcurementTypeCode"), ""),
        minor((amount.text or "").strip()) if amount is not None else None,
        str(amount.get("currencyID", "")) if amount is not None else "",
        _moment(_text(root, "cbc:IssueDate"), _text(root, "cbc:IssueTime")), _deadline(root),
        TED + published.lstrip("0") if published else next((link(uri) for uri in uris if link(uri)), ""),
    )  # fmt: skip


def _buyer(root: etree._Element) -> str:
    """The name of the first contracting party, by its reference among the organisations."""
    wanted = _text(root, "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID")
    for company in root.iterfind(".//efac:Organization/efac:Company", NAMES):
        if _text(company, "cac:PartyIdentification/cbc:ID") == wanted:
            return _text(company, "cac:PartyName/cbc:Name")
    return ""


def _deadline(root: etree._Element) -> datetime | None:
    """The last of the lots' days for bids."""
    periods = root.iterfind(".//cac:TenderSubmissionDeadlinePeriod", NAMES)
    found = [_moment(_text(period, "cbc:EndDate"), _text(period, "cbc:EndTime")) for period in periods]
    return max((moment for moment in found if moment), default=None)


def _moment(day: str, time: str) -> datetime | None:
    """`2020-05-11+01:00` and `10:00:00+01:00` as an instant; None when either is not there."""
    zone = day[10:] or "+00:00"
    clock = time[:8] or "00:00:00"
    try:
        date.fromisoformat(day[:10])
        return datetime.fromisoformat(f"{day[:10]}T{clock}{zone.replace('Z', '+00:00')}")
    except ValueError:
        return None


def _text(node: etree._Element, path: str) -> str:
    found = node.find(path, NAMES)
    return (found.text or "").strip() if found is not None else ""
