"""What a class handed in, as tables."""

from __future__ import annotations

import pytest

from secondlook.classroom.summary import COLUMNS, Summary, no_rows


def test_a_table_without_its_columns_is_refused():
    tables = {name: no_rows(name) for name in ("tests", "items", "options", "sureness")}
    assert list(Summary(**tables).counted.columns) == list(COLUMNS["tests"])
    tables["items"] = tables["items"].drop(columns="n_right")
    with pytest.raises(ValueError, match="items lacks n_right"):
        Summary(**tables)
