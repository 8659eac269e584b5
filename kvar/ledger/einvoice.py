"""E-invoices (UBL 2.1, as Peppol BIS Billing 3 and EN 16931) to a raw table: one row an invoice line.

Document-level allowances and charges are rows of their own, so that the rows of an invoice sum exactly to its
TaxExclusiveAmount; an invoice where they do not is held back whole. A credit note's amounts are negative.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import cast

from lxml import etree

from kvar.core.errors import KvarError
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import Field
from kvar.ledger.records import Records, Row
from kvar.ledger.table import Quarantined, RawTable

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMES = {"a": f"{UBL}CommonAggregateComponents-2", "b": f"{UBL}CommonBasicComponents-2"}
ROOTS = {f"{{{UBL}Invoice-2}}Invoice": (1, "InvoiceLine"), f"{{{UBL}CreditNote-2}}CreditNote": (-1, "CreditNoteLine")}
FIELDS: tuple[Field, ...] = (
    "supplier_name", "supplier_id", "supplier_vat", "supplier_postcode", "supplier_city", "buyer_name", "invoice",
    "date", "account_code", "account_text", "text", "amount",
)  # fmt: skip
SUPPLIER = "a:AccountingSupplierParty/a:Party/"
_HEAD = {
    "supplier_name": f"{SUPPLIER}a:PartyLegalEntity/b:RegistrationName|{SUPPLIER}a:PartyName/b:Name",
    "supplier_id": f"{SUPPLIER}a:PartyLegalEntity/b:CompanyID|{SUPPLIER}b:EndpointID[@schemeID='0007']",
    "supplier_vat": f"{SUPPLIER}a:PartyTaxScheme[a:TaxScheme/b:ID='VAT']/b:CompanyID",
    "supplier_postcode": f"{SUPPLIER}a:PostalAddress/b:PostalZone",
    "supplier_city": f"{SUPPLIER}a:PostalAddress/b:CityName",
    "buyer_name": "a:AccountingCustomerParty/a:Party/a:PartyLegalEntity/b:RegistrationName",
    "invoice": "b:ID",
    "date": "b:IssueDate",
}


def read_invoices(documents: Iterator[tuple[str, bytes]]) -> tuple[RawTable, Mapping]:
    """The rows of some invoices (name, bytes) and how they are read; all must be in one currency."""
    table, rows = RawTable(None, list(FIELDS), Records.of([], len(FIELDS)), 0), []
    currencies: set[str] = set()
    for name, data in documents:
        root = parse_xml(data, name)
        if root.tag not in ROOTS:
            local = etree.QName(root).localname
            raise KvarError(
                "ledger.sie.five" if local.startswith("Sie") else "ledger.xml.unknown", file=name, root=local
            )
        currencies.add(_text(root, "b:DocumentCurrencyCode"))
        rows += _rows(table, root)
    table.records = Records.of(rows, len(FIELDS))
    if len(currencies) > 1:
        raise KvarError("ledger.invoice.currencies", currencies=", ".join(sorted(currencies)))
    currency = next(iter(currencies), "SEK")
    columns: dict[Field, str] = {name: str(name) for name in FIELDS}
    country = "GB" if currency == "GBP" else "SE"
    return table, Mapping("peppol", 1, columns, country, currency, decimal=".", date_order="ymd")


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of a document without DTD, entities or network; `ledger.xml.dtd`, `ledger.xml.broken`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise KvarError("ledger.xml.broken", file=name, line=error.lineno or 0) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise KvarError("ledger.xml.dtd", file=name)
    return root


def _rows(table: RawTable, root: etree._Element) -> list[Row]:
    """One invoice's rows; all of them are held back when they do not sum to what the invoice says."""
    sign, line_name = ROOTS[root.tag]
    head = {name: _text(root, path) for name, path in _HEAD.items()}
    lines = [_line(head, line, sign) for line in root.findall(f"a:{line_name}", NAMES)]
    lines += [_allowance(head, item, sign) for item in root.findall("a:AllowanceCharge", NAMES)]
    stated = _text(root, "a:LegalMonetaryTotal/b:TaxExclusiveAmount")
    found = sum((_decimal(cells[-1]) for cells in lines), Decimal(0))
    first, table.lines = table.lines + 1, table.lines + len(lines)
    if found == sign * _decimal(stated):
        return [Row(cells, n, n) for n, cells in enumerate(lines, first)]
    values: dict[str, object] = {"invoice": head["invoice"], "found": str(found), "stated": stated, "value": ""}
    code = "ledger.invoice.sum_differs"
    table.quarantined += [Quarantined(n, n, code, values, cells) for n, cells in enumerate(lines, first)]
    return []


def _line(head: dict[str, str], line: etree._Element, sign: int) -> list[str]:
    code = _text(line, "b:AccountingCost") or _text(line, "a:Item/a:CommodityClassification/b:ItemClassificationCode")
    name = _text(line, "a:Item/b:Name")
    amount = sign * _decimal(_text(line, "b:LineExtensionAmount"))
    return [*head.values(), code, name, _text(line, "b:Note") or name, str(amount)]


def _allowance(head: dict[str, str], item: etree._Element, sign: int) -> list[str]:
    charge = _text(item, "b:ChargeIndicator").lower() == "true"
    amount = sign * _decimal(_text(item, "b:Amount")) * (1 if charge else -1)
    reason = _text(item, "b:AllowanceChargeReason")
    return [*head.values(), "", reason, reason, str(amount)]


def _text(node: etree._Element, path: str) -> str:
    """The text at the first of some paths that has any."""
    for one in path.split("|"):
        for found in cast(list[etree._Element], node.xpath(one, namespaces=NAMES)):
            if (found.text or "").strip():
                return (found.text or "").strip()
    return ""


def _decimal(text: str) -> Decimal:
    """An xsd:decimal; nothing else counts (no exponent, no NaN)."""
    try:
        return Decimal(text) if set(text) <= set("0123456789.-+") else Decimal("NaN")
    except InvalidOperation:
        return Decimal("NaN")
