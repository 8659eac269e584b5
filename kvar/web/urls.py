"""Addresses: `/{sv|en}/{place}/…`, the same words in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kvar.web import views
from kvar.web.workbench.people import invitation

urlpatterns = [
    *i18n_patterns(
        path("konto/", include("allauth.urls")),
        path("arbetsbord/", include("kvar.web.workbench.urls")),
        path("inbjudan/<str:token>/", invitation, name="invitation"),
    ),
    path("", views.start, name="start"),
    path("<str:lang>/<str:place>/", views.overview, name="overview"),
    path("<str:lang>/<str:place>/pengarna/", views.money, name="money"),
    path("<str:lang>/<str:place>/metod/<str:indicator>/", views.method, name="method"),
    path("<str:lang>/<str:place>/diagram/andel.csv", views.chart_csv, name="chart-csv"),
    path("<str:lang>/<str:place>/diagram/andel.svg", views.chart_svg, name="chart-svg"),
]
