"""``/compare.json``."""

from __future__ import annotations

from app.present import quote_json
from app.web import schemas
from app.web.contexts.compare import Both, ComparePage, Counted, Only, Side
from app.web.shapes import compare as shapes


def compare_page(page: ComparePage) -> shapes.Compared:
    """Everything of the page: the counts of each thing by topic, what several have, and what one has alone."""
    chart = page.chart
    return {
        "things": [_side(one) for one in page.sides],
        "named_twice": list(page.twice),
        "filter": page.common,
        "by": chart.of.lower() if chart else None,
        "counts": [
            {"label": row.label, "counts": [dot.count for dot in row.dots], "addresses": [dot.href for dot in row.dots]}
            for row in (chart.rows if chart else ())
        ],
        "rows_left_out": page.left_out,
        "speakers_of_all": [
            {"label": label, "counts": [count for count, _ in counts]} for label, counts in page.speakers
        ],
        "same_quotes": schemas.whole(_both(one) for one in page.both),
        "all_quotes_read": page.all_read,
        "only": [_only(one) for one in page.only],
        "different_languages": page.languages,
        "versions": schemas.in_json(page.statements.url) if page.statements else None,
    }


def _side(one: Side) -> shapes.Side:
    return {
        "with": one.name,
        "kind": one.kind,
        "label": one.label,
        "address": one.href,
        "quotes": one.quotes,
        "indirect": one.indirect,
        "search": one.search_url,
    }


def _both(one: Both) -> shapes.Both:
    others: list[shapes.Echo] = [
        {"in": label, "how": variant.how, "quote": quote_json.quote(variant.quote)} for label, variant in one.others
    ]
    return {"in": one.label, "quote": quote_json.quote(one.quote), "others": others}


def _only(one: Only) -> shapes.Only:
    return {
        "label": one.label,
        "topics": [_counted(row) for row in one.topics],
        "speakers": [_counted(row) for row in one.speakers],
        "quotes": schemas.whole(quote_json.quote(row) for row in one.quotes),
    }


def _counted(row: Counted) -> shapes.Counted:
    label, count, href = row
    return {"label": label, "count": count, "address": href}
