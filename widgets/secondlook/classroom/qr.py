"""An answer code as a QR code that stands inside a page; the library segno draws it."""

from __future__ import annotations

from html import escape

import segno

ERROR = "M"  # up to 15% may be unreadable; a code of 32 signs then needs 25 x 25 squares
QUIET = 4  # empty squares around it, as ISO/IEC 18004 asks


def qr_svg(code: str, name: str = "Answer code as a QR code") -> str:
    """Draw a code as an inline SVG, which takes its size from the page around it.

    It is black on white in a dark theme too, because many readers fail on light on dark. The
    spaces of the code are left out; whoever reads it does not need them.

    Arguments:
        code: as `codes.write_code` gives it.
        name: what a screen reader says. The code itself should stand beside the picture as text.

    Returns:
        One ``<svg>`` element with a ``viewBox``, ``role="img"`` and an accessible name.

    Raises:
        ValueError: there is nothing to draw.
    """
    text = "".join(code.split())
    if not text:
        raise ValueError("there is no code to draw")
    drawn = segno.make_qr(text, error=ERROR)
    svg = str(drawn.svg_inline(border=QUIET, light="white", dark="black", omitsize=True,
                               svgclass="code-qr", lineclass=None))  # fmt: skip
    label = escape(name, quote=True)
    # crispEdges: rows of squares that are drawn as lines would show seams at odd sizes.
    opening = f'<svg role="img" aria-label="{label}" shape-rendering="crispEdges" '
    return svg.replace("<svg ", opening, 1)
