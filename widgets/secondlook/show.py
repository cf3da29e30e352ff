"""Shows a chart the cheap way: as Plotly's own mimetype, with its sentence and its table.

``figure.show()`` imports nbformat (1.6 s) and FigureWidget costs 76 MB a learner; the mimetype
alone is drawn by the same JupyterLab extension and needs neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from secondlook.markup import Page, escape, table

MIMETYPE = "application/vnd.plotly.v1+json"


def bundles(figure: Any, reading: str, rows: Any = None, caption: str = "") -> list[dict[str, Any]]:
    """The mimebundles of a chart: the figure, then its reading and its table.

    Arguments:
        figure: a Plotly figure as a dict, or a ``plotly.graph_objects.Figure``.
        reading: one sentence that says what the chart shows; also its text alternative.
        rows: the numbers, as a list of mappings or a pandas DataFrame.
        caption: the table's caption; the reading when left out.

    Raises:
        ValueError: the reading is empty, or the figure is neither of the two.
    """
    if not reading.strip():
        raise ValueError("A chart needs a reading: one sentence that says what it shows.")
    if hasattr(figure, "to_json"):
        figure = json.loads(figure.to_json())
    if not isinstance(figure, Mapping) or "data" not in figure:
        raise ValueError("The figure must be a dict with 'data', or a plotly Figure.")
    if hasattr(rows, "to_dict"):
        rows = rows.to_dict("records")
    numbers = table(list(rows), caption or reading) if rows is not None and len(rows) else None
    markup = f'<p class="sl-reading">{escape(reading)}</p>'
    text = reading
    if numbers:
        markup += (
            '<details class="sl-more"><summary>The numbers as a table</summary>'
            f"{numbers.markup}</details>"
        )
        text += f"\n{numbers.text}"
    return [
        {MIMETYPE: dict(figure), "text/plain": reading},
        Page(markup, text)._repr_mimebundle_(),
    ]


def show(figure: Any, *, reading: str, table: Any = None, caption: str = "") -> None:
    """Displays a chart with its reading and its table; see :func:`bundles` for the arguments."""
    from IPython.display import display

    for bundle in bundles(figure, reading, table, caption):
        display(bundle, raw=True)  # type: ignore[no-untyped-call]
