"""Addresses of answering, opening, evaluation, award and follow-up."""

from django.urls import URLPattern

PUBLIC: list[URLPattern] = []
WORKBENCH: list[URLPattern] = []
