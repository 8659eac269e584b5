"""Writes of leg 3: each a verb, keyword-only, whole or not at all; what decides becomes a leaf of the log."""
