"""What is wrong with a data file, said so that whoever wrote it can mend it.

Structure is checked against ``data/schemas/activity.schema.json`` with fastjsonschema (pure
Python, so that it also runs in the browser kernel). What a schema cannot say, such as "exactly
one option is right", each kind of activity says in its own module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import fastjsonschema


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which file, item and field, what was found and what is allowed."""

    file: str
    item: str
    field: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return (
            f"{self.file}: item {self.item}: field {self.field}: "
            f"found {self.found}; allowed: {self.allowed}"
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
            return [_translate(error, file, item)]
        return []


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
        "pattern": lambda: f"text that fits the pattern {asked}",
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
    import difflib

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
