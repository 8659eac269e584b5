"""The log of what decides: an append-only Merkle tree that outsiders can check. Standard library only."""
