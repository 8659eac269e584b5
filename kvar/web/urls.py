"""Addresses: `/{sv|en}/{place}/…`, the same words in both languages."""

from django.urls import path

from kvar.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("<str:lang>/<str:place>/", views.overview, name="overview"),
    path("<str:lang>/<str:place>/pengarna/", views.money, name="money"),
    path("<str:lang>/<str:place>/metod/<str:indicator>/", views.method, name="method"),
    path("<str:lang>/<str:place>/diagram/andel.csv", views.chart_csv, name="chart-csv"),
    path("<str:lang>/<str:place>/diagram/andel.svg", views.chart_svg, name="chart-svg"),
]
