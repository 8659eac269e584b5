"""The release gate: which figures of several anchors may be public, and what an attacker could learn from them."""
