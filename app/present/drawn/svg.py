"""Any chart as an SVG file: by day and by night, with its title, its key, and what it is of."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from jinja2 import Environment

from app.domain import Topic
from app.present.chart_data import ChartData
from app.present.drawn.bars import draw_bars
from app.present.drawn.colours import palette
from app.present.drawn.dumbbells import draw_dumbbell
from app.present.drawn.sheet import Drawing, Sheet, finished, xml_text
from app.present.drawn.times import draw_times
from app.present.dumbbell import Dumbbell
from app.present.time_data import TimeChart

AnyChart = ChartData | TimeChart | Dumbbell


def drawing(chart: AnyChart, topics: Sequence[Topic], stamp: Iterable[str]) -> Drawing:
    """*chart* in the colours of *topics*, with the lines of *stamp* below it."""
    sheet = Sheet(chart.title)
    sheet.headline()
    tone = ""
    if isinstance(chart, ChartData):
        draw_bars(sheet, chart)
        tone = chart.topic
    elif isinstance(chart, TimeChart):
        draw_times(sheet, chart)
    else:
        draw_dumbbell(sheet, chart)
    lines = list(stamp)
    sheet.says += lines
    sheet.stamp(lines)
    return finished(sheet, palette(topics, tone))


def svg(templates: Environment, drawn: Drawing) -> bytes:
    """*drawn* as a file."""
    return xml_text(templates.get_template("export/chart.svg").render(drawing=drawn)).encode()


def style_source(drawn: Drawing) -> str:
    """The one style sheet in the file as a source for ``style-src``, so that no other is let in.

    Source:
        Content Security Policy Level 3, section 2.3.1: ``hash-source``.
    """
    digest = hashlib.sha256(drawn.palette.night().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
