"""The command line: the same functions as library and web."""

from kvar.cli.main import main

__all__ = ["main"]
