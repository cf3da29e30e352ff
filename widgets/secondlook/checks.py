"""What is wrong with a data file, said so that whoever wrote it can mend it.

Structure is checked against ``data/schemas/`` with fastjsonschema (pure Python, so that it also
runs in the browser kernel). What a schema cannot say, such as "exactly
one option is right", each kind of activity says in its own module.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import fastjsonschema

LONGEST = 120  # characters of an item's or a field's name; a spoilt file may hold any


def _printable(text: str) -> str:
    """``text`` with what a screen would obey instead of show written out."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which file, item and field, what was found and what is allowed.

    ``suggestion`` is what to do about it, where that is not plain from what is allowed.
    """

    file: str
    item: str
    field: str
    found: str
    allowed: str
    suggestion: str = ""

    def __str__(self) -> str:
        return _printable(
            f"{self.file}: item {self.item[:LONGEST]}: field {self.field[:LONGEST]}: "
            f"found {self.found}; allowed: {self.allowed}"
            + (f"; suggestion: {self.suggestion}" if self.suggestion else "")
        )


class DataError(ValueError):
    """Course data cannot be used. ``problems`` lists every reason, one line each."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def show_value(value: Any, limit: int = 80) -> str:
    """``value`` as it would be written in the file, cut to ``limit`` characters."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


class Shapes:
    """The pieces of one JSON Schema, each compiled when it is first needed.

    Arguments:
        schema: a draft-07 schema whose ``definitions`` are the pieces.
    """

    def __init__(self, schema: dict[str, Any]):
        self.schema = schema
        self._compiled: dict[str, Callable[[Any], Any]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.schema["definitions"]

    def problems(self, name: str, value: Any, file: str, item: str) -> list[Problem]:
        """The first thing in ``value`` that does not fit the piece called ``name``, if any."""
        error = self._fit(name, value)
        return [_translate(error, file, item)] if error else []

    def each(self, name: str, value: Any, file: str, item: str) -> list[Problem]:
        """What does not fit the record ``name``, field by field, each with a suggestion.

        Arguments:
            name: of a piece that describes a record; examples in its fields become suggestions.
            value: the record, of any type.
            file: as the problems shall call it.
            item: as the problems shall call it.
        """
        piece = self.schema["definitions"][name]
        if not isinstance(value, dict):
            return self.problems(name, value, file, item)
        fields = piece["properties"]
        found = [
            Problem(file, item, field, "nothing", "this field is required", _add(field, fields))
            for field in piece["required"]
            if field not in value
        ]
        if piece["additionalProperties"] is False:
            for field in sorted(value.keys() - fields.keys()):
                near = difflib.get_close_matches(field, fields, n=1)
                hint = f"did you mean {near[0]}?" if near else "take it out"
                listed = "one of " + ", ".join(fields)
                found.append(Problem(file, item, field, "an unknown field", listed, hint))
        for field in [one for one in fields if one in value]:
            if error := self._fit(f"{name}/properties/{field}", value[field]):
                one = _translate(error, file, item)
                inner = "" if one.field == "the whole item" else f".{one.field}"
                hint = _nearest(error) or _add(field, fields)
                found.append(replace(one, field=field + inner, suggestion=hint))
        return found

    def _fit(self, name: str, value: Any) -> fastjsonschema.JsonSchemaValueException | None:
        if name not in self._compiled:
            self._compiled[name] = fastjsonschema.compile(
                {
                    "$schema": "http://json-schema.org/draft-07/schema#",
                    "definitions": self.schema["definitions"],
                    "$ref": f"#/definitions/{name}",
                },
                use_default=False,
            )
        try:
            self._compiled[name](value)
        except fastjsonschema.JsonSchemaValueException as error:
            return error
        return None


def _add(field: str, fields: dict[str, Any]) -> str:
    """How the field may look, from the first of the schema's own examples."""
    for example in fields[field].get("examples", [])[:1]:
        return f'for example "{field}": {json.dumps(example, ensure_ascii=False)}'
    return f"see {field} in data/README.md"


def _nearest(error: fastjsonschema.JsonSchemaValueException) -> str:
    """The allowed word that looks most like the one found, if any does."""
    if error.rule != "enum" or not isinstance(error.value, str):
        return ""
    words = [one for one in error.rule_definition if isinstance(one, str)]
    near = difflib.get_close_matches(error.value.lower(), words, n=1)
    return f"did you mean {near[0]}?" if near else ""


def _translate(error: fastjsonschema.JsonSchemaValueException, file: str, item: str) -> Problem:
    rule, asked, found = error.rule, error.rule_definition, error.value
    field = ".".join(str(step) for step in error.path[1:]) or "the whole item"
    if rule == "required":
        missing = [name for name in asked if name not in found]
        field = missing[0] if field == "the whole item" else f"{field}.{missing[0]}"
        return Problem(file, item, field, "nothing", "this field is required")
    if rule == "additionalProperties":
        known = sorted((error.definition or {}).get("properties", {}))
        extra = sorted(set(found) - set(known))
        return Problem(file, item, f"{field}: {', '.join(extra)}", "an unknown field",
                       "one of " + ", ".join(known))  # fmt: skip
    allowed: dict[str, Callable[[], str]] = {
        "enum": lambda: "one of " + ", ".join(map(str, asked)),
        "const": lambda: str(asked),
        "type": lambda: " or ".join(asked) if isinstance(asked, list) else str(asked),
        "pattern": lambda: str(
            (error.definition or {}).get("description", f"text that fits the pattern {asked}")
        ),
        "minItems": lambda: f"at least {asked} entries",
        "maxItems": lambda: f"at most {asked} entries",
        "minLength": lambda: "text that is not empty",
        "maxLength": lambda: f"at most {asked} characters",
        "minimum": lambda: f"{asked} or more",
        "maximum": lambda: f"{asked} or less",
    }
    said = allowed[rule]() if rule in allowed else str(error.message)
    return Problem(file, item, field, show_value(found), said)


def unknown(
    file: str, item: str, field: str, found: Iterable[str], known: Iterable[str], what: str
) -> list[Problem]:
    """A problem for each key in ``found`` that is not in ``known``, with the nearest match."""
    known = sorted(set(known))
    problems = []
    for key in found:
        if key in known:
            continue
        near = difflib.get_close_matches(str(key), known, n=1)
        allowed = f"one of {', '.join(known)}" if len(known) <= 8 else f"a key of {what}"
        hint = f" (did you mean {near[0]}?)" if near and len(known) > 8 else ""
        problems.append(Problem(file, item, field, show_value(key), allowed + hint))
    return problems


def repeated(file: str, field: str, ids: Iterable[str]) -> list[Problem]:
    """A problem for each id that stands more than once."""
    seen: set[str] = set()
    problems = []
    for one in ids:
        if one in seen:
            problems.append(Problem(file, str(one), field, show_value(one), "an id used only once"))
        seen.add(one)
    return problems
