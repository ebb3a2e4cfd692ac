"""What a person sets stays; links stay; a new reading leaves both alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from app.domain import DatePrecision, DocumentKind, SourcePiece, TextSpan
from app.errors import NotFound, StoreError
from app.store import meta
from app.store.articles import add_article, article_text
from app.store.attributions import list_quotes
from app.store.deleting import delete_article
from app.store.editing import edit_article, fields_of, rename_speaker, reread_article
from app.store.filters import AttributionFilter
from app.store.originals import keep_original
from app.store.provenance import Source, article_from, put_source, source_of
from app.store.reanalysing import find_text, pipelines, replace_analysis, slugs_by_pipeline, stored_text
from app.store.schema import articles
from tests.factories import make_analysis, numbered, person, say, summit

EVERYTHING = AttributionFilter()


@pytest.fixture
def slug(conn: Connection) -> str:
    return add_article(conn, *summit())[0]


def key_of(conn: Connection, slug: str) -> int:
    key: int = conn.execute(select(articles.c.id).where(articles.c.slug == slug)).scalar_one()
    return key


def test_an_edit_changes_what_is_shown_and_says_which_fields_it_was(conn: Connection, slug: str) -> None:
    before, edited = fields_of(conn, slug)
    assert edited == ()
    month = replace(before, title="Leaders meet", date=dt.date(2023, 3, 1), date_precision=DatePrecision.MONTH)
    assert edit_article(conn, slug, month) == ("title", "date", "date_precision")
    row = article_text(conn, slug).row
    assert (row.slug, row.title, row.date, row.date_precision) == (slug, "Leaders meet", dt.date(2023, 3, 1), "month")
    assert fields_of(conn, slug) == (month, ("date", "date_precision", "title"))


def test_an_edit_that_changes_nothing_is_none(conn: Connection, slug: str) -> None:
    fields, _ = fields_of(conn, slug)
    revision = meta.revision(conn)
    assert edit_article(conn, slug, fields) == ()
    assert meta.revision(conn) == revision


def test_a_new_reading_takes_over_all_but_what_a_person_has_set(conn: Connection, slug: str) -> None:
    fields, _ = fields_of(conn, slug)
    edit_article(conn, slug, replace(fields, title="Mine"))
    article, _ = summit()
    reread_article(conn, key_of(conn, slug), replace(article, title="Theirs", byline="Ann Author", language="en"))
    after, _ = fields_of(conn, slug)
    assert (after.title, after.byline) == ("Mine", "Ann Author")


def test_only_what_is_there_can_be_edited(conn: Connection, slug: str) -> None:
    fields, _ = fields_of(conn, slug)
    delete_article(conn, slug)
    for missing in (slug, "nothing"):
        with pytest.raises(NotFound):
            edit_article(conn, missing, fields)


def test_a_speaker_gets_another_name_everywhere_and_new_findings_still_join(conn: Connection, slug: str) -> None:
    add_article(conn, *numbered(1))
    assert rename_speaker(conn, "vladimir-putin", "President Putin") == "Vladimir Putin"
    add_article(conn, *numbered(2))
    named = [quote.speaker for quote in list_quotes(conn, AttributionFilter(speaker="vladimir-putin"), limit=99).items]
    assert {(one.slug, one.name) for one in named if one} == {("vladimir-putin", "President Putin")}
    assert len(named) == 2
    rename_speaker(conn, "vladimir-putin", "Vladimir Putin")
    with pytest.raises(NotFound, match="no speaker"):
        rename_speaker(conn, "nobody-here", "X")


def test_where_an_article_came_from_is_kept_with_every_piece(conn: Connection, slug: str) -> None:
    digest = keep_original(conn, b"<p>Words</p>")
    piece = SourcePiece(TextSpan(0, 5), TextSpan(3, 8), None, "markup")
    page = SourcePiece(TextSpan(7, 9), TextSpan(0, 2), 2)
    source = Source(
        digest, "a.html", DocumentKind.HTML, "text/html", "utf-8", "https://example.org/a", {"title": "A"},
        ("One box was left out.",), garbled=True, pieces=(piece, page),
    )  # fmt: skip
    assert source_of(conn, slug) is None
    put_source(conn, key_of(conn, slug), source)
    assert source_of(conn, slug) == replace(source, size=12)
    found = article_from(conn, digest)
    assert found is not None
    assert (found.slug, found.deleted) == (slug, False)
    put_source(conn, key_of(conn, slug), replace(source, pieces=()))
    kept = source_of(conn, slug)
    assert kept is not None
    assert kept.pieces == ()
    assert article_from(conn, "0" * 64) is None


def test_a_new_analysis_takes_the_place_of_the_old_and_quotes_keep_their_addresses(conn: Connection, slug: str) -> None:
    article, _ = summit()
    before = {quote.text: quote.id for quote in list_quotes(conn, EVERYTHING).items}
    said = say(article.text, "It is a long war", speaker=person("Ann"), topics=("nato",))
    replace_analysis(conn, key_of(conn, slug), make_analysis(article.text, said, pipeline="later"))
    [quote] = list_quotes(conn, EVERYTHING).items
    assert (quote.id, quote.topics) == (before["It is a long war"], ("nato",))
    assert quote.speaker is not None
    assert quote.speaker.name == "Ann"
    assert article_text(conn, slug).row.pipeline == "later"


def test_a_new_text_comes_with_its_analysis_or_not_at_all(conn: Connection, slug: str) -> None:
    text = "“We agree,” she said."
    replace_analysis(conn, key_of(conn, slug), make_analysis(text, say(text, "We agree")), text)
    assert article_text(conn, slug).text == text
    found = find_text(conn, text)
    assert found is not None
    assert found.slug == slug
    with pytest.raises(StoreError, match="does not fit"), conn.begin_nested():
        replace_analysis(conn, key_of(conn, slug), make_analysis(text, say(text, "We agree")), "Short.")
    assert [quote.text for quote in list_quotes(conn, EVERYTHING).items] == ["We agree"]


def test_what_is_needed_to_read_again_is_there_until_the_article_is_not(conn: Connection, slug: str) -> None:
    key = key_of(conn, slug)
    stored = stored_text(conn, key)
    article, analysis = summit()
    assert (stored.text, stored.title, stored.slug) == (article.text, article.title, slug)
    assert [one.span for one in stored.paragraphs] == [one.span for one in analysis.paragraphs]
    delete_article(conn, slug)
    with pytest.raises(NotFound, match="deleted meanwhile"):
        stored_text(conn, key)
    found = find_text(conn, article.text)
    assert found is not None
    assert found.deleted


def test_articles_are_chosen_by_the_pipeline_that_made_them(conn: Connection, slug: str) -> None:
    add_article(conn, *numbered(1))
    article, _ = numbered(2)
    add_article(conn, article, make_analysis(article.text, pipeline="new"))
    assert list(pipelines(conn).values()) == [2, 1]
    assert [one for one, _ in slugs_by_pipeline(conn, "new")] == [slug, "report-1"]
    assert [one for one, _ in slugs_by_pipeline(conn)] == [slug, "report-1", "report-2"]
    assert [one for one, _ in slugs_by_pipeline(conn, only=[slug])] == [slug]
    with pytest.raises(NotFound, match="nothing"):
        slugs_by_pipeline(conn, only=["nothing"])
