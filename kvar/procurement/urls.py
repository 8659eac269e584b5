"""Addresses below `/{sv|en}/{place}/upphandling/`."""

from django.urls import path

from kvar.procurement.views import route

urlpatterns = [
    path("<str:lang>/<str:place>/upphandling/vag/", route.route, name="route"),
]
