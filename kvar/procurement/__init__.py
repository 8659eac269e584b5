"""Leg 3: procurement with social value, inside the procurement act: from need to proof."""
