"""Forms of leg 3: what a person writes, as the rules read it; errors in the page's language."""

from datetime import date
from typing import Any, cast

from django import forms

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.core.money import format_number
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.procurement.rules.cpv import read_code
from kvar.procurement.rules.need import FACTS, Jurisdiction, Need

AMOUNTS = ("value", "monthly", "residual", "options", "extensions", "similar", "supplied")
# What is asked in which order: first what opens quick ways, then what opens exceptions, then terms.
ASKED = tuple(name for name in FACTS if name != "electronic")


def as_written(minor: int) -> str:
    """Minor units as `Amount` reads them back: `650 000`, and `650 000,50` where there are any öre."""
    whole, cents = divmod(minor, 100)
    return format_number(whole, "sv") + (f",{cents:02}" if cents else "")


class Amount(forms.CharField):
    """An amount as people write it (`650 000`, `1.496,50`), to minor units; empty is None."""

    def __init__(self, language: Language, label: str) -> None:
        super().__init__(required=False, label=label)
        self.language = language
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """Minor units or None; a ValidationError with the sentence."""
        text = str(super().clean(value)).strip()
        try:
            return parse_amount(text, decide_decimal([text]) or ".") if text else None
        except AmountError as error:
            raise forms.ValidationError(say("procurement.not_an_amount", {"value": text}, self.language)) from error


class NeedForm(forms.Form):
    """A planned purchase, as far as the law asks."""

    kind = forms.ChoiceField()
    cpv = forms.CharField(required=False, max_length=10)
    months = forms.IntegerField(required=False, min_value=1, max_value=600)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    buyer = forms.ChoiceField()

    def __init__(self, *args: Any, language: Language, jurisdiction: Jurisdiction, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language, self.jurisdiction = language, jurisdiction
        for name in AMOUNTS:
            self.fields[name] = Amount(language, say(f"procurement.field.{name}", {}, language))
        for name in ("cpv", "months", "day"):
            self.fields[name].label = say(f"procurement.field.{name}", {}, language)
        for name, values in (("kind", ("goods", "services", "works")), ("buyer", ("subcentral", "central"))):
            field = cast(forms.ChoiceField, self.fields[name])
            field.label = say(f"procurement.field.{name}", {}, language)
            field.choices = [(value, say(f"procurement.{name}.{value}", {}, language)) for value in values]
        for name in FACTS:
            label = say(f"procurement.fact.{name}", {}, language)
            self.fields[name] = forms.BooleanField(required=False, label=label)
        self.order_fields(["value", "kind", "cpv", "day", "buyer", "monthly", "months"])

    def questions(self) -> list[forms.BoundField]:
        """The yes-or-no questions in order."""
        return [self[name] for name in ASKED]

    def clean_cpv(self) -> str | None:
        """Eight digits, or None when nothing was written."""
        text = self.cleaned_data["cpv"].strip()
        try:
            return read_code(text) if text else None
        except KvarError as error:
            raise forms.ValidationError(error.say(self.language)) from error

    def need(self, today: date) -> Need:
        """The need as written; blanks are nothing, no day is today, bids are electronic (LOU 12:1)."""
        data = self.cleaned_data
        amounts = {name: data.get(name) or 0 for name in AMOUNTS if name != "monthly"}
        facts = {name for name in FACTS if data[name]} | {"electronic"}
        return Need(
            self.jurisdiction, data["buyer"], data["kind"], data["day"] or today, cpv=data["cpv"],
            monthly=data["monthly"], months=data["months"], facts=frozenset(facts), **amounts,
        )  # fmt: skip
