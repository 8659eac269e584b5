"""Arbetsbord: where an anchor's people bring ledgers in. Everything here needs a sign-in and a role."""
