"""Addresses of answering, opening, evaluation, award and follow-up."""

from django.urls import URLPattern, path

from kvar.procurement.views import (
    award,
    bid_lot,
    bid_pass,
    bidding,
    follow_up,
    follow_up_results,
    follow_up_supplier,
    mail_choice,
    measuring,
    opening,
    scoring,
)

RESULTS = "<str:lang>/<str:place>/upphandling/resultat"
PUBLIC: list[URLPattern] = [
    path(f"{RESULTS}/", follow_up_results.outcome, name="outcome"),
    path(f"{RESULTS}.csv", follow_up_results.outcome_csv, name="outcome-csv"),
]
FIRM = "anbud/<slug:slug>/"
LOT = FIRM + "<uuid:pk>/del-<int:number>/"
OFFICE = "upphandling/<uuid:pk>/"
WORKBENCH: list[URLPattern] = [
    path("post/", mail_choice.mail_choice, name="mail-choice"),
    path("anbud/", bidding.firms, name="bids"),
    path(FIRM, bidding.chances, name="bid-chances"),
    path(FIRM + "pass/", bid_pass.passport, name="bid-pass"),
    path(FIRM + "pass/<int:number>/", bid_pass.file, name="bid-pass-file"),
    path(FIRM + "avtal/", follow_up_supplier.contracts, name="supplier-contracts"),
    path(FIRM + "avtal/rapport.csv", follow_up_supplier.blank, name="supplier-report-file"),
    path(FIRM + "avtal/<int:number>/", follow_up_supplier.report, name="supplier-report"),
    path(FIRM + "avtal/<uuid:contract>/matning/", measuring.measuring, name="supplier-measure"),
    path(FIRM + "<uuid:pk>/", bidding.procurement, name="bid-procurement"),
    path(FIRM + "<uuid:pk>/fraga/", bidding.ask, name="bid-ask"),
    path(LOT, bid_lot.lot, name="bid-lot"),
    path(LOT + "formular.yml", bid_lot.form, {"end": "yml"}, name="bid-form-yml"),
    path(LOT + "formular.json", bid_lot.form, {"end": "json"}, name="bid-form-json"),
    path(LOT + "kvitto.json", bid_lot.receipt, name="bid-receipt"),
    path(LOT + "ta-tillbaka/", bid_lot.withdraw, name="bid-withdraw"),
    path(LOT + "beslut.pdf", award.own_letter, name="bid-own-letter"),
    path(OFFICE + "oppning/", opening.opening, name="bid-opening"),
    path(OFFICE + "oppning/delar.json", opening.parts, name="bid-opening-parts"),
    path(OFFICE + "oppning/intyg.json", opening.attested, name="bid-opening-receipt"),
    path(OFFICE + "bedom/", scoring.overview, name="bid-scoring"),
    path(OFFICE + "bedom/jav/", scoring.declare, name="bid-declare"),
    path(OFFICE + "bedom/<uuid:bid>/<slug:criterion>/", scoring.question, name="bid-question"),
    path(OFFICE + "anbud/<uuid:bid>/fil/<str:sha256>/", follow_up.bid_file, name="bid-file"),
    path(OFFICE + "tilldelning/", award.award, name="bid-award"),
    path(OFFICE + "tilldelning/<int:number>.pdf", award.report, name="bid-award-report"),
    path(OFFICE + "tilldelning/<int:number>/<uuid:bid>.pdf", award.letter, name="bid-award-letter"),
    path("upphandling/folj-upp/", follow_up.due, name="follow-due"),
    path(OFFICE + "folj-upp/", follow_up.follow_up, name="follow-up"),
    path(OFFICE + "folj-upp/underlag/<str:sha256>/", follow_up.evidence, name="follow-evidence"),
]
