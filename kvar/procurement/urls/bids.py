"""Addresses of answering, opening, evaluation, award and follow-up."""

from django.urls import URLPattern, path

from kvar.procurement.views import bid_lot, bid_pass, bidding

PUBLIC: list[URLPattern] = []
LOT = "anbud/<slug:slug>/<uuid:pk>/del-<int:number>/"
WORKBENCH: list[URLPattern] = [
    path("anbud/", bidding.firms, name="bids"),
    path("anbud/<slug:slug>/", bidding.chances, name="bid-chances"),
    path("anbud/<slug:slug>/pass/", bid_pass.passport, name="bid-pass"),
    path("anbud/<slug:slug>/pass/<int:number>/", bid_pass.file, name="bid-pass-file"),
    path("anbud/<slug:slug>/<uuid:pk>/", bidding.procurement, name="bid-procurement"),
    path("anbud/<slug:slug>/<uuid:pk>/fraga/", bidding.ask, name="bid-ask"),
    path(LOT, bid_lot.lot, name="bid-lot"),
    path(f"{LOT}formular.yml", bid_lot.form, {"end": "yml"}, name="bid-form-yml"),
    path(f"{LOT}formular.json", bid_lot.form, {"end": "json"}, name="bid-form-json"),
    path(f"{LOT}kvitto.json", bid_lot.receipt, name="bid-receipt"),
    path(f"{LOT}ta-tillbaka/", bid_lot.withdraw, name="bid-withdraw"),
]
