"""Purchases: what was paid for goods, services and works, net of credits, once all other payments are set aside.

Every payment has one class by rules that are read in order (`kvar/parameters/classification`), an anchor's own before
the country's; what no rule fits is a purchase. Paid = purchases + all that is set aside, to the öre. Purchases from
persons in business are in, but never told one by one. There is no interval: an account is counted or it is not.
Source: Kommun-Bas (SKR) and the Local Government Transparency Code 2015.
"""

INDICATOR = "purchases"
VERSION = "1.0"
