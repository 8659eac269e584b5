"""Sound evaluation of bids: models, their tests, and policies with their weights. No Django; every sum is exact."""
