"""OCDS releases: the fields the standard requires, nothing of bids before the award, exact money."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kvar.procurement.ocds import Notice, Party, package, release

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUYER = Party("SE-ON-2120000000", "Älvhamns kommun", ("buyer", "procuringEntity"))


def notice(**more: Any) -> Notice:
    words: dict[str, Any] = {
        "id": "p1", "title": "Städning", "description": "Rena skolor", "buyer": BUYER, "kind": "services",
        "cpv": "90910000", "cpv_name": "Städning", "route": "advertised", "value": 1_000_000_50, "currency": "SEK",
        "published": AT, "deadline": AT + timedelta(days=30), "lots": [(1, "Norr", 600_000_00), (2, "Söder", 0)],
        "goals": [("economic.formalEmploymentPromotion", "awardCriteria"),
                  ("social", "contractPerformanceConditions"),
                  ("social", "contractPerformanceConditions")],
        "criteria": [("price", "Pris", 4000), ("quality", "Kvalitet", 4000), ("social", "Praktik", 2000)],
    }  # fmt: skip
    return Notice(**(words | more))


def test_a_tender_has_what_the_standard_requires() -> None:
    made = release(notice())
    assert {"ocid", "id", "date", "tag", "initiationType"} <= set(made)
    assert made["tag"] == ["tender"]
    assert made["tender"]["value"] == {"amount": 1000000.5, "currency": "SEK"}
    assert made["tender"]["lots"][1] == {"id": "2", "title": "Söder"}
    assert made["tender"]["awardCriteriaDetails"] == "Pris 40 %; Kvalitet 40 %; Praktik 20 %"
    assert made["tender"]["sustainability"] == [
        {"goal": "economic.formalEmploymentPromotion", "strategies": ["awardCriteria"]},
        {"goal": "social", "strategies": ["contractPerformanceConditions"]},
    ]
    assert "awards" not in made
    assert not {"numberOfTenderers", "tenderers", "bids"} & set(made["tender"])


def test_the_award_names_the_supplier_and_its_lot() -> None:
    supplier = Party("SE-ON-5599000006", "Firman AB", ("supplier",))
    made = release(notice(awards=[{"supplier": supplier, "value": 900_000_00, "date": AT, "lot": n} for n in (1, 2)]))
    assert made["tag"] == ["award"]
    assert made["awards"][0]["relatedLots"] == ["1"]
    assert made["awards"][1]["relatedLots"] == ["2"]
    assert made["awards"][0]["value"]["amount"] == 900000
    assert [party["roles"] for party in made["parties"]] == [["buyer", "procuringEntity"], ["supplier"]]


def test_the_package_has_the_shape_of_a_published_one(data: Path) -> None:
    folder = data / "formats" / "ocds" / "fictional-example" / "1.1"
    theirs = json.loads((folder / "ocds-213czf-000-00001-02-tender.json").read_text(encoding="utf-8"))
    ours = package([release(notice())], uri="https://example.org/ocds", publisher="Älvhamn", at=AT)
    assert {"uri", "version", "publishedDate", "publisher", "releases"} <= set(ours) & set(theirs)
    known = set(theirs["releases"][0]["tender"]) | {"lots", "hasSustainability", "sustainability"}
    known |= {"procurementMethodDetails", "mainProcurementCategory", "awardCriteriaDetails", "submissionMethod"}
    assert set(ours["releases"][0]["tender"]) <= known
    assert json.loads(json.dumps(ours)) == ours


def test_every_release_has_an_id_of_its_own_and_tells_when_it_came() -> None:
    first, later, cancelled = (AT + timedelta(days=n) for n in (1, 2, 3))
    moved = [(first, AT + timedelta(days=30), AT + timedelta(days=37))]
    twice = [*moved, (later, AT + timedelta(days=37), AT + timedelta(days=44))]
    supplier = Party("SE-ON-5599000006", "Firman AB", ("supplier",))
    won = [{"supplier": supplier, "value": 900_000_00, "date": cancelled, "lot": 1}]
    made = [release(notice(**more)) for more in (
        {}, {"moved": moved}, {"moved": twice}, {"moved": twice, "cancelled": cancelled},
        {"moved": twice, "awards": won},
    )]  # fmt: skip
    ids = [one["id"] for one in made]
    assert ids == ["p1-tender", "p1-tender-2", "p1-tender-3", "p1-cancelled", "p1-award"]
    assert [one["date"] for one in made] == [at.isoformat() for at in (AT, first, later, cancelled, cancelled)]
    tags = ["tender", "tenderAmendment", "tenderAmendment", "tenderCancellation", "award"]
    assert [one["tag"] for one in made] == [[tag] for tag in tags]
    amended = [(row["amendsReleaseID"], row["releaseID"]) for row in made[2]["tender"]["amendments"]]
    assert amended == [("p1-tender", "p1-tender-2"), ("p1-tender-2", "p1-tender-3")]
