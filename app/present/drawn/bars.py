"""Horizontal bars as a drawing."""

from __future__ import annotations

from app.present.chart_data import Bar, ChartData, Series
from app.present.drawn.colours import name_of
from app.present.drawn.sheet import INNER, SIDE, Outline, Sheet, Words, fitted, width_of

ROW, THICK, LABEL_AT, BAR_AT = 44, 12, 17, 24


def draw_bars(sheet: Sheet, chart: ChartData) -> None:
    """Put *chart* on *sheet*: each label above its bar and its count at the right, as on the page."""
    sheet.key([(one.label, Outline("M-7-6h14v12h-14z", name_of(one.colour), _edge(one))) for one in chart.series])
    for bar in chart.bars:
        _label(sheet, bar)
        x = float(SIDE)
        for part in bar.parts:
            series = next(one for one in chart.series if one.key == part.series)
            wide = INNER * part.count / chart.longest
            says = f"{bar.label}, {series.label}: {part.count}"
            outline = f"M{x:g} {sheet.y + BAR_AT:g}h{wide:.2f}v{THICK}h-{wide:.2f}z"
            sheet.outlines.append(Outline(outline, name_of(series.colour), _edge(series), says=says))
            x += wide
        sheet.y += ROW
    if chart.rest:
        sheet.y += 18
        sheet.words.append(Words(SIDE, sheet.y - 4, f"and {chart.rest.label}: {chart.rest.note}", 13, "soft"))
    labels = {one.key: one.label for one in chart.series}
    for bar in chart.rows:
        parts = ", ".join(f"{part.count} {labels[part.series]}" for part in bar.parts)
        sheet.says.append(f"{bar.label}: {bar.note} ({parts}).")


def _edge(series: Series) -> str:
    """The colour of the line around a piece: kinds are shades of one colour, speakers are not."""
    return "k1" if series.colour.startswith("var(--k") else "paper"


def _label(sheet: Sheet, bar: Bar) -> None:
    room = INNER - width_of(bar.note, 14) - 16
    sheet.words.append(Words(SIDE, sheet.y + LABEL_AT, fitted(bar.label, room)))
    sheet.words.append(Words(SIDE + INNER, sheet.y + LABEL_AT, bar.note, anchor="end"))
