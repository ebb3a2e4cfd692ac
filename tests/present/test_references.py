"""References that other programs read back as they were meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from app.domain import AttributionKind, DatePrecision
from app.present.citing import copies
from app.present.citing.item import csl_item, names
from app.present.citing.managers import bibtex, ris
from app.present.citing.styles import references
from app.store.rows import ArticleRow, QuoteRow
from tests.present.rows import quote_row

ADDED = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
PATH = ArticleRow(
    "no-path",
    "No path to peace",
    "https://example.org/a",
    "CNN",
    dt.date(2023, 3, 21),
    ADDED,
    900,
    "p",
    10,
    3,
    byline="By Simone McCarthy and Ludwig van Beethoven, Reuters",
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)


def quote(
    text: str = "We agree", url: str | None = PATH.url, kind: AttributionKind = AttributionKind.DIRECT
) -> QuoteRow:
    row = quote_row(text, text, text, kind=kind)
    return replace(row, article=replace(row.article, title=PATH.title, url=url, publisher=PATH.publisher))


def test_people_are_told_from_agencies() -> None:
    assert names("By Simone McCarthy and Ludwig van Beethoven, Reuters") == [
        {"given": "Simone", "family": "McCarthy"},
        {"given": "Ludwig", "family": "van Beethoven"},
        {"literal": "Reuters"},
    ]
    assert names("") == []
    assert names("Von  Anna   Berg") == [{"given": "Anna", "family": "Berg"}]
    assert names("staff@example.org writer 2") == [{"literal": "staff@example.org writer 2"}]


def test_the_usual_styles_have_it_as_they_ask() -> None:
    found = {one.style: one.text for one in references(csl_item(replace(PATH, byline="Simone McCarthy"), quote()))}
    assert found == {
        "APA": "McCarthy, S. (2023, March 21). No path to peace. CNN. https://example.org/a",
        "Chicago": "McCarthy, Simone. 2023. “No Path to Peace.” CNN, March 21. https://example.org/a.",
        "MLA": "McCarthy, Simone. “No Path to Peace.” CNN, 21 Mar. 2023, https://example.org/a.",
        "Harvard": "McCarthy, S. (2023) ‘No path to peace’, CNN, 21 March. Available at: https://example.org/a "
        "(Accessed: 25 November 2026).",
    }


def test_signs_at_the_end_of_a_title_stay_inside_its_marks() -> None:
    found = {one.style: one.text for one in references(csl_item(replace(PATH, title="Who pays?"), quote()))}
    assert "“Who Pays?” CNN" in found["MLA"]
    assert "‘Who pays?’, CNN" in found["Harvard"]


def test_a_title_is_not_said_twice_where_nobody_signed_and_nothing_becomes_markup() -> None:
    bare = replace(PATH, title="<b>One</b> & \ue000two", url=None, publisher=None, byline=None, date=None)
    found = references(csl_item(bare, quote()))
    assert found[0].text == "<b>One</b> & two. (n.d.)."
    for one in found:
        assert one.text.lower().count("<b>one</b> & two") == 1
        assert "\ue000" not in one.text


@pytest.mark.parametrize(
    ("precision", "parts"),
    [(DatePrecision.YEAR, [2023]), (DatePrecision.MONTH, [2023, 3]), (DatePrecision.DAY, [2023, 3, 21])],
)
def test_a_date_is_as_exact_as_it_is_known(precision: DatePrecision, parts: list[int]) -> None:
    item = csl_item(replace(PATH, date_precision=precision), quote())
    assert item["issued"] == {"date-parts": [parts]}
    assert f"date = {{{'-'.join(f'{one:02}' for one in parts)}}}" in bibtex(item)


@given(title=TEXTS, publisher=TEXTS, byline=TEXTS)
def test_bibtex_is_read_back(title: str, publisher: str, byline: str) -> None:
    article = replace(PATH, title=title, publisher=publisher, byline=byline)
    written = bibtex(csl_item(article, quote()))
    [entry] = parse_string(written, "bibtex").entries.values()
    assert entry.type == "article"
    assert entry.fields["url"] == PATH.url
    assert entry.fields["year"] == "2023"
    for name in ("title", "journal"):
        assert entry.fields[name].count("{") == entry.fields[name].count("}")


@given(title=TEXTS, byline=TEXTS, words=TEXTS)
def test_ris_is_a_line_a_field(title: str, byline: str, words: str) -> None:
    written = ris(csl_item(replace(PATH, title=title, byline=byline), quote(words)))
    lines = written.split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    fields = [line.split("  - ", 1) for line in lines[:-2]]
    assert all(len(field) == 2 and len(field[0]) == 2 for field in fields)
    assert dict(fields)["TI"] == " ".join(title.split())


def test_the_source_is_opened_at_the_words() -> None:
    address = copies.source_address(quote("We agree, well-known & sure"))
    assert address == "https://example.org/a#:~:text=We%20agree%2C%20well%2Dknown%20%26%20sure"
    long = " ".join(f"word{number}" for number in range(80))
    told = copies.source_address(quote(long)) or ""
    first, last = told.split("text=")[1].split(",")
    assert unquote(first) == "word0 word1 word2 word3 word4"
    assert unquote(last) == "word75 word76 word77 word78 word79"
    assert copies.source_address(quote("We", url=None)) is None


def test_copies_for_other_texts_have_nothing_of_ours_in_them() -> None:
    nasty = quote("We <b>agree</b> *all* [of] us")
    assert copies.markdown(nasty).startswith("> “We \\<b\\>agree\\</b\\> \\*all\\* \\[of\\] us”\n>\n> — ")
    assert "<b>" not in copies.html(nasty)
    assert "“" not in copies.markdown(quote(kind=AttributionKind.INDIRECT)).split("—")[0]
