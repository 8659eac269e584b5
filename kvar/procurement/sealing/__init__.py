"""Sealed bids: the bidder encrypts, two openers together can open, and no server ever holds a key. No Django."""
