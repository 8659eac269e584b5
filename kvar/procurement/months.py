"""The months that a contract can be reported for."""

from django.utils import timezone

from kvar.core.errors import KvarError
from kvar.procurement.models import Contract


def check_month(contract: Contract, period: int) -> None:
    """A month (yyyymm) of the contract that has begun; `procurement.report.outside` with the first and last, and
    `.early` while none has.
    """
    first, last = (int(f"{day:%Y%m}") for day in (contract.starts, min(contract.ends, timezone.localdate())))
    if last < first:
        raise KvarError("procurement.report.early", first=f"{contract.starts:%Y-%m-%d}")
    if not first <= period <= last:
        shown = [f"{month // 100}-{month % 100:02}" for month in (period, first, last)]
        raise KvarError("procurement.report.outside", **dict(zip(("month", "first", "last"), shown, strict=True)))
