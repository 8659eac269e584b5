"""Addresses: `/{sv|en}/{place}/…`, the same words in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kvar.procurement.urls import workbench
from kvar.web import (
    change,
    concentration,
    districts,
    files,
    firms,
    glossary,
    multiplier,
    network,
    open_data,
    opportunities,
    supplier,
    together,
    views,
)
from kvar.web.workbench.people import invitation

urlpatterns = [
    *i18n_patterns(
        path("konto/", include("allauth.urls")),
        path("arbetsbord/", include(workbench)),
        path("arbetsbord/", include("kvar.web.workbench.urls")),
        path("inbjudan/<str:token>/", invitation, name="invitation"),
    ),
    path("", views.start, name="start"),
    path("", include("kvar.procurement.urls")),
    path("<str:lang>/<str:place>/", views.overview, name="overview"),
    path("<str:lang>/<str:place>/pengarna/", views.money, name="money"),
    path("<str:lang>/<str:place>/forandring/", change.change, name="change"),
    path("<str:lang>/<str:place>/multiplikator/", multiplier.multiplier, name="multiplier"),
    path("<str:lang>/<str:place>/koncentration/", concentration.concentration, name="concentration"),
    path("<str:lang>/<str:place>/natverk/", network.network, name="network"),
    path("<str:lang>/<str:place>/tillsammans/", together.together, name="together"),
    path("<str:lang>/<str:place>/oppna-data/", open_data.open_data, name="open_data"),
    path("<str:lang>/<str:place>/oppna-data/katalog.<slug:form>", open_data.open_catalogue, name="open_catalogue"),
    path("<str:lang>/<str:place>/oppna-data/<str:anchor>-<int:year>.csv", open_data.open_file, name="open_file"),
    path("<str:lang>/<str:place>/stadsdelar/", districts.districts, name="districts"),
    path("<str:lang>/<str:place>/mojligheter/", opportunities.opportunities, name="opportunities"),
    path("<str:lang>/<str:place>/mojligheter/<slug:slug>/", opportunities.memo, name="memo"),
    path("<str:lang>/<str:place>/mojligheter/<slug:slug>.pdf", opportunities.memo_pdf, name="memo-pdf"),
    path("<str:lang>/<str:place>/definitioner/", firms.definitions, name="definitions"),
    path("<str:lang>/<str:place>/foretagen/", firms.firms, name="firms"),
    path("<str:lang>/<str:place>/metod/<str:indicator>/", views.method, name="method"),
    path("<str:lang>/<str:place>/leverantor/<slug:slug>/", supplier.supplier, name="supplier"),
    path("<str:lang>/<str:place>/ordlista/", glossary.glossary, name="glossary"),
    path("<str:lang>/<str:place>/sida/<str:name>/", views.plain, name="plain"),
    path("<str:lang>/<str:place>/diagram/<slug:name>/", files.chart_page, name="chart"),
    path("<str:lang>/<str:place>/diagram/<slug:name>/ram/", files.embed, name="chart-embed"),
    path("<str:lang>/<str:place>/diagram/<slug:name>.csv", files.chart_csv, name="chart-csv"),
    path("<str:lang>/<str:place>/diagram/<slug:name>.svg", files.chart_svg, name="chart-svg"),
    path("<str:lang>/<str:place>/diagram/<slug:name>.json", files.metadata, name="chart-json"),
    path("<str:lang>/<str:place>/kvar.xlsx", files.workbook, name="workbook"),
    path("<str:lang>/<str:place>/kvar.pdf", files.brief, name="brief"),
]
