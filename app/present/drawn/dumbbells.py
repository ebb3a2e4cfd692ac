"""A dumbbell chart as a drawing."""

from __future__ import annotations

from app.present.drawn.colours import name_of
from app.present.drawn.sheet import INNER, SIDE, SMALL, Outline, Sheet, Words, fitted, width_of
from app.present.dumbbell import Dumbbell, Row

ROW, LABEL_AT, LINE_AT, INSET = 44, 14, 32, 8


def draw_dumbbell(sheet: Sheet, chart: Dumbbell) -> None:
    """Put *chart* on *sheet*: a line a row with a mark for each thing, and the ends of the scale below."""
    sheet.key([(thing.label, _mark(chart, at)) for at, thing in enumerate(chart.things)])
    for row in chart.rows:
        _row(sheet, chart, row)
    unit = " %" if chart.by_share else ""
    for x, words, anchor in ((SIDE, "0", "start"), (SIDE + INNER, f"{chart.longest:g}{unit}", "end")):
        sheet.words.append(Words(x, sheet.y + 14, words, SMALL, "soft", anchor))
    sheet.y += 18


def _row(sheet: Sheet, chart: Dumbbell, row: Row) -> None:
    note = chart.note(row)
    sheet.words.append(Words(SIDE, sheet.y + LABEL_AT, fitted(row.label, INNER - width_of(note, 14) - 16)))
    sheet.words.append(Words(SIDE + INNER, sheet.y + LABEL_AT, note, anchor="end"))
    first, last = (_at(place) for place in chart.ends(row))
    y = sheet.y + LINE_AT
    sheet.outlines.append(Outline(f"M{first:g} {y:g}h{last - first:g}", stroke="soft", wide=2))
    told = []
    for one in chart.marks(row):
        label = chart.things[one.thing].label
        mark = _mark(chart, one.thing)
        says = f"{row.label}, {label}: {one.words}"
        sheet.outlines.append(Outline(mark.d, mark.fill, mark.stroke, says=says, x=_at(one.at), y=y + one.shift))
        told.append(f"{label} {one.words}")
    sheet.says.append(f"{row.label}: {', '.join(told)}.")
    sheet.y += ROW


def _mark(chart: Dumbbell, thing: int) -> Outline:
    return Outline(chart.shape(thing).outline, name_of(chart.colour(thing)), "paper")


def _at(place: float) -> float:
    return round(SIDE + INSET + (INNER - 2 * INSET) * place / 100, 2)
