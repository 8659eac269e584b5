"""The example town's procurements, one in each phase: made by the ordinary actions, all invented."""

from kvar.procurement.example.play import procurements

__all__ = ["procurements"]
