"""QR codes of addresses: to be scanned from a page, or from a terminal."""

from __future__ import annotations

import io

from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """The code of *address* as a drawing for a page, black on white whatever the page's colours: scanners want it so.

    It has attributes and no style, which the pages' policy would not let in.
    """
    import segno  # noqa: PLC0415 - only who shares pays for it

    drawn = segno.make(address, error="m", micro=False).svg_inline(border=3, dark="#000", light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno, nothing but squares # nosec B704


def qr_terminal(address: str) -> str:
    """The code of *address* in half blocks, for a terminal."""
    import segno  # noqa: PLC0415

    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
