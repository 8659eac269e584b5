"""Addresses of planning, the public pages and the data exchange."""

from django.urls import path

from kvar.procurement.views import calendar, planning_mine, route

PUBLIC = [
    path("<str:lang>/<str:place>/upphandling/", calendar.calendar, name="calendar"),
    path("<str:lang>/<str:place>/upphandling/vag/", route.route, name="route"),
]
WORKBENCH = [
    path("upphandling/", planning_mine.mine, name="procurements"),
]
