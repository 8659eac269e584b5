"""Forms of the import. Every message says what is wrong and what to do, in the page's language."""

from dataclasses import replace
from typing import Any, get_args

from django import forms
from django.forms.boundfield import BoundField

from kvar.core.messages import Language, say
from kvar.ledger.amounts import AmountError, decide_decimal, parse_amount
from kvar.ledger.mapping import Mapping
from kvar.ledger.model import CURRENCIES, Field
from kvar.ledger.sources.catalogue import catalogue
from kvar.organisations.models import ImportJob

FIELDS: tuple[Field, ...] = get_args(Field)
MAX_UPLOAD = 500_000_000


class UploadForm(forms.Form):
    """One ledger file."""

    file = forms.FileField()

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = say("workbench.file", {}, language)
        field.error_messages = {
            "required": say("workbench.file_missing", {}, language),
            "empty": say("workbench.file_empty", {}, language),
        }
        self.language = language

    def clean_file(self) -> Any:
        """Refuse what is too large to be a ledger before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(
                say("ledger.file.too_large", {"file": file.name, "limit": MAX_UPLOAD}, self.language)
            )
        return file


class ColumnsForm(forms.Form):
    """What each column means, and what the file cannot say itself."""

    def __init__(self, data: Any = None, *, job: ImportJob, language: Language) -> None:
        super().__init__(data)
        self.language, self.country = language, job.organisation.country
        self.headers: list[tuple[str, list[str]]] = job.answer["columns"]
        self.proposed = Mapping.from_json(job.mapping) if job.mapping else None
        meanings = [("", say("workbench.not_used", {}, language))]
        meanings += [(name, say(f"ledger.field.{name}", {}, language)) for name in FIELDS]
        known = {header: name for name, header in (self.proposed.columns if self.proposed else {}).items()}
        for number, (header, _) in enumerate(self.headers):
            self.fields[f"c{number}"] = forms.ChoiceField(
                choices=meanings, required=False, initial=known.get(header, ""), label=header or "–"
            )
        self._choice("decimal", ("", ",", "."), self.proposed.decimal if self.proposed else "")
        self._choice("date_order", ("", "ymd", "dmy", "mdy"), self.proposed.date_order if self.proposed else "")
        self._choice("sign", ("1", "-1"), str(self.proposed.sign if self.proposed else 1))

    def _choice(self, name: str, values: tuple[str, ...], initial: str | None) -> None:
        choices = [(value, say(f"workbench.{name}.{value or 'auto'}", {}, self.language)) for value in values]
        label = say(f"workbench.{name}", {}, self.language)
        self.fields[name] = forms.ChoiceField(choices=choices, required=False, initial=initial or "", label=label)

    @property
    def source_title(self) -> str:
        """The publisher's name, in the page's language; empty when nothing or the organisation's own is proposed."""
        source = self.proposed.source if self.proposed else ""
        return next((known.title[self.language] for known in catalogue() if known.id == source), "")

    def rows(self) -> list[tuple[str, list[str], BoundField]]:
        """(header, first values, field) of each column."""
        return [(header, values, self[f"c{n}"]) for n, (header, values) in enumerate(self.headers)]

    def others(self) -> list[BoundField]:
        """The questions below the columns."""
        return [self[name] for name in ("decimal", "date_order", "sign")]

    def clean(self) -> dict[str, Any]:
        """Supplier and amount are needed, and a meaning can be one column's only."""
        data = super().clean() or {}
        columns = self._columns(data)
        for name in ("supplier_name", "amount"):
            if name not in columns.values():
                meaning = say(f"ledger.field.{name}", {}, self.language)
                self.add_error(None, say("workbench.needed", {"meaning": meaning}, self.language))
        for name in {m for m in columns.values() if list(columns.values()).count(m) > 1}:
            meaning = say(f"ledger.field.{name}", {}, self.language)
            self.add_error(None, say("workbench.twice", {"meaning": meaning}, self.language))
        return data

    def _columns(self, data: dict[str, Any]) -> dict[str, Field]:
        return {h: data[f"c{n}"] for n, (h, _) in enumerate(self.headers) if data.get(f"c{n}")}

    def mapping(self) -> Mapping:
        """The mapping as answered; the source keeps its name when nothing was changed."""
        data = self.cleaned_data
        columns: dict[Field, str] = {meaning: header for header, meaning in self._columns(data).items()}
        own = Mapping("own", 1, columns, self.country, CURRENCIES[self.country])
        base = self.proposed or own
        if base.source in ("own", "guess"):
            base = replace(base, country=own.country, currency=own.currency)
        found = replace(
            base, columns=columns, decimal=data["decimal"] or None, date_order=data["date_order"] or None,
            sign=int(data["sign"] or 1), guessed=False,
        )  # fmt: skip
        return found if found == replace(base, guessed=False) and not base.guessed else replace(found, source="own")


class LoadForm(forms.Form):
    """The user's own sum of the file, compared before anything is kept."""

    control_total = forms.CharField(required=False)

    def __init__(self, *args: Any, language: Language) -> None:
        super().__init__(*args)
        self.language = language
        self.fields["control_total"].label = say("workbench.control_total", {}, language)

    def clean_control_total(self) -> int | None:
        """Minor units, or None when nothing was written."""
        text = self.cleaned_data["control_total"].strip()
        try:
            return parse_amount(text, decide_decimal([text]) or ".") if text else None
        except AmountError as error:
            raise forms.ValidationError(say("workbench.not_an_amount", {"value": text}, self.language)) from error
