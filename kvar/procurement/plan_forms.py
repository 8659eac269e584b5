"""Forms of planning: labels from the texts, amounts in minor units, weights in hundredths of a per cent."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms

from kvar.core.errors import KvarError
from kvar.core.messages import Language, say
from kvar.procurement.evaluation.policy import WHOLE
from kvar.procurement.forms import Amount, NeedForm
from kvar.procurement.rules.clock import local
from kvar.procurement.rules.need import Jurisdiction

TEXT = {"rows": 4}
LONG = {"rows": 7}


class Worded(forms.Form):
    """A form whose labels are `plan.field.<name>` and whose help is `plan.help.<name>` where `helped` names it."""

    helped: tuple[str, ...] = ()

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language = language
        for name, field in self.fields.items():
            field.label = field.label or say(f"plan.field.{name}", {}, language)
        for name in self.helped:
            self.fields[name].help_text = say(f"plan.help.{name}", {}, language)

    def refuse(self, error: KvarError) -> None:
        """What an action refused, said on the form."""
        self.add_error(None, error.say(self.language))


class Percent(forms.CharField):
    """A weight in per cent (`12,5`) as hundredths of a per cent; empty is 0."""

    def __init__(self, language: Language, label: str) -> None:
        super().__init__(required=False, label=label)
        self.language = language
        self.widget.attrs |= {"inputmode": "decimal", "class": "short"}

    def clean(self, value: Any) -> Any:
        """0–10,000, or a ValidationError with the sentence."""
        text = str(super().clean(value)).replace(",", ".").replace("%", "").strip()
        try:
            hundredths = Decimal(text or "0") * 100
        except ArithmeticError as error:
            raise forms.ValidationError(say("plan.wrong.percent", {"value": text}, self.language)) from error
        if not hundredths.is_finite() or not 0 <= hundredths <= WHOLE or hundredths != int(hundredths):
            raise forms.ValidationError(say("plan.wrong.percent", {"value": text}, self.language))
        return int(hundredths)


class PlanForm(NeedForm):
    """A procurement's title and need in words, and the need as the law asks."""

    title = forms.CharField(max_length=200)
    text = forms.CharField(widget=forms.Textarea(attrs=TEXT), max_length=8000)

    def __init__(self, *args: Any, language: Language, jurisdiction: Jurisdiction, **more: Any) -> None:
        super().__init__(*args, language=language, jurisdiction=jurisdiction, **more)
        del self.fields["supplied"]
        self.fields["buyer"].required = False
        for name in ("title", "text"):
            self.fields[name].label = say(f"plan.field.{name}", {}, language)
        self.fields["text"].help_text = say("plan.help.text", {}, language)

    def clean_buyer(self) -> str:
        """Those who plan here are municipalities, regions and their bodies unless told otherwise."""
        return self.cleaned_data["buyer"] or "subcentral"


class MeetingForm(Worded):
    """An invitation to a market dialogue: local day and time, place, what it is about."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    where = forms.CharField(max_length=200)
    invitation = forms.CharField(widget=forms.Textarea(attrs=LONG), max_length=8000)
    helped = ("where", "invitation")

    def at(self, country: str) -> datetime:
        """The instant in UTC; `procurement.deadline.*` for a time that is not there once."""
        return moment(self, country)


class NotesForm(Worded):
    """What was said at a meeting."""

    notes = forms.CharField(widget=forms.Textarea(attrs=LONG), max_length=20000)
    helped = ("notes",)


class PublishForm(Worded):
    """The last day and time for bids."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))

    def at(self, country: str) -> datetime:
        """The instant in UTC; `procurement.deadline.*` for a time that is not there once."""
        return moment(self, country)


def moment(form: forms.Form, country: str) -> datetime:
    """Day and time of a form, read on the country's clock."""
    return local(f"{form.cleaned_data['day']}T{form.cleaned_data['time']:%H:%M}", country)


class MeasuresForm(Worded):
    """Which policy, how much of the evaluation, which measures, and who chose them."""

    policy = forms.ChoiceField()
    chosen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    measures_by = forms.CharField(required=False, max_length=200)
    measures_reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    helped = ("measures_by", "measures_reason")

    def __init__(self, *args: Any, policies: Sequence[tuple[str, str]], measures: Sequence[tuple[str, str]],
                 **more: Any) -> None:  # fmt: skip
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["policy"]).choices = policies
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = measures
        self.fields["weight"] = Percent(self.language, say("plan.field.weight", {}, self.language))


class TermForm(Worded):
    """A term of performance of one kind; each kind asks for its own."""

    ASKS: ClassVar = {
        "labour": ("risk", "clause", "follow_up"),
        "employment": ("target_group", "number", "matching", "clause", "follow_up"),
        "social": ("clause", "follow_up"),
    }
    risk = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    target_group = forms.CharField(max_length=200)
    number = forms.IntegerField(min_value=1, max_value=10_000)
    matching = forms.CharField(max_length=200)
    clause = forms.CharField(widget=forms.Textarea(attrs=TEXT), max_length=8000)
    follow_up = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    helped = ("risk", "target_group", "matching", "clause", "follow_up")

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in set(self.fields) - set(self.ASKS[kind]):
            del self.fields[name]


class PriceForm(Worded):
    """How a price is weighed against the questions."""

    KINDS: ClassVar = ("linear", "relative", "deduction", "quotient")
    price_kind = forms.ChoiceField(widget=forms.RadioSelect)
    helped = ("full_at", "zero_at", "base")

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super(Worded, self).__init__(*args, **more)
        for name in self.helped:
            self.fields[name] = Amount(language, say(f"plan.field.{name}", {}, language))
        field = cast(forms.ChoiceField, self.fields["price_kind"])
        field.choices = [(kind, say(f"plan.price.{kind}", {}, language)) for kind in self.KINDS]
        self.language = language
        field.label = say("plan.field.price_kind", {}, language)
        for name in self.helped:
            self.fields[name].help_text = say(f"plan.help.{name}", {}, language)

    def clean(self) -> dict[str, Any]:
        """The amounts that the chosen kind asks for."""
        data = super().clean() or {}
        if data.get("price_kind") == "linear" and not self.errors:
            low, high = data.get("full_at") or 0, data.get("zero_at")
            if high is None or low >= high:
                self.add_error("zero_at", say("procurement.model.range", {}, self.language))
        if data.get("price_kind") == "deduction" and not self.errors and not data.get("base"):
            self.add_error("base", say("procurement.model.no_base", {}, self.language))
        return data

    def part(self) -> dict[str, Any]:
        """The price part of the model; unfloored, so that every krona counts over the whole range."""
        data = self.cleaned_data
        if data["price_kind"] in ("relative", "quotient"):
            return {"kind": data["price_kind"]}
        if data["price_kind"] == "deduction":
            return {"kind": "deduction", "base": data["base"]}
        return {"kind": "linear", "full_at": data["full_at"] or 0, "zero_at": data["zero_at"], "floored": False}
