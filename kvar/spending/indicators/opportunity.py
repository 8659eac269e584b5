"""Opportunities: money that leaves and can be influenced × firms in the place that sell such things × a lawful route.

One row a kind of purchase. Ranked by what is known to leave the place and can be influenced now or from a date, those
with at least FEW local firms first; a kind that is no opportunity says why. Localness is measured here and may never
be a criterion or a requirement in any procurement (LOU 4:1, 19:2, 19 a:8). Source: domain research B3, feature 3.
"""

INDICATOR = "opportunities"
VERSION = "1.0"
FEW = 3
