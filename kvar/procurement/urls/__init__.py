"""Addresses of leg 3. `urlpatterns`: below `/{sv|en}/{place}/`; `workbench`: below `/{sv|en}/arbetsbord/`."""

from kvar.procurement.urls import bids, planning

urlpatterns = [*planning.PUBLIC, *bids.PUBLIC]
workbench = [*planning.WORKBENCH, *bids.WORKBENCH]
