"""Notices of other buyers, read from eForms, OCDS or CSV; nothing of contact persons is kept."""
