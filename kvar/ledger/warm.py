"""Preloaded by the server that the children are forked from: what each would otherwise load anew."""

import pyarrow as pa

from kvar.ledger.read import read
from kvar.ledger.recognise import aliases
from kvar.ledger.sources.catalogue import catalogue

aliases()
catalogue()
pa.array(["1"]).to_numpy(zero_copy_only=False)  # pyarrow looks for pandas at the first array

__all__ = ["read"]
