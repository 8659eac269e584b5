"""Addresses: `/{sv|en}/…`, the same words in both languages."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
