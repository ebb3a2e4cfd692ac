"""What is deleted can be brought back whole, for thirty days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from app.errors import NotFound, StoreError
from app.store import meta
from app.store.articles import add_article, article_text, find_article, list_articles
from app.store.attributions import list_quotes, quote_by_id
from app.store.columns import metadata
from app.store.deleting import KEPT, delete_article, list_deleted, purge, restore_article
from app.store.filters import AttributionFilter
from app.store.intake_schema import trash
from app.store.jobs import now
from app.store.schema import articles
from app.store.stats import library_counts, topic_counts
from app.store.topic_revisions import add_revision
from app.store.topics import all_topics, remove_topics
from tests.factories import TOPICS, numbered, read, summit

EVERYTHING = AttributionFilter()
OWN_IDS = {"quotes", "attributions", "evidence"}


@pytest.fixture
def slug(conn: Connection) -> str:
    add_article(conn, *numbered(1))
    article, analysis = summit()
    slug, _ = add_article(conn, article, read(article.text, analysis))
    add_article(conn, *numbered(2))
    return slug


def quotes(conn: Connection) -> list[Any]:
    page = list_quotes(conn, EVERYTHING, limit=100)
    return [(q.id, q.text, q.topics, q.evidence, q.speaker, q.kind, q.article, q.clause) for q in page.items]


def counts(conn: Connection) -> tuple[Any, ...]:
    return library_counts(conn), topic_counts(conn, EVERYTHING)


def test_a_deleted_article_is_gone_from_every_list_and_count(conn: Connection, slug: str) -> None:
    [lost] = [q.id for q in list_quotes(conn, AttributionFilter(article=slug), limit=1).items]
    before = library_counts(conn)
    row = delete_article(conn, slug)
    assert row.gone - row.deleted == KEPT
    assert [one.slug for one in list_articles(conn).items] == ["report-2", "report-1"]
    assert list_articles(conn).total == 2
    after = library_counts(conn)
    assert (before.articles - after.articles, before.quotes - after.quotes) == (1, 3)
    with pytest.raises(NotFound):
        article_text(conn, slug)
    with pytest.raises(NotFound):
        quote_by_id(conn, lost)
    with pytest.raises(NotFound):
        delete_article(conn, slug)
    assert [one.slug for one in list_deleted(conn)] == [slug]


def test_it_comes_back_to_its_place_with_every_quote_under_its_old_address(conn: Connection, slug: str) -> None:
    before = (quotes(conn), counts(conn), article_text(conn, slug), list_articles(conn))
    revision = meta.revision(conn)
    delete_article(conn, slug)
    assert not restore_article(conn, slug)
    assert (quotes(conn), counts(conn), article_text(conn, slug), list_articles(conn)) == before
    assert meta.revision(conn) == revision + 2
    assert list_deleted(conn) == ()
    with pytest.raises(NotFound, match="was deleted"):
        restore_article(conn, slug)


def test_every_row_of_every_table_comes_back(conn: Connection, slug: str) -> None:
    def rows() -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for table in metadata.sorted_tables:
            if table.name in {"meta", "trash"}:
                continue
            names = [c for c in table.c if not (table.name in OWN_IDS and c.name == "id")]
            names = [c for c in names if not c.name.endswith(("attribution_id", "quote_id"))]
            names = [c for c in names if c is not articles.c.changed]  # it says that it was gone
            found[table.name] = sorted((tuple(map(str, row)) for row in conn.execute(select(*names))), key=str)
        return found

    before = rows()
    delete_article(conn, slug)
    assert rows() != before
    restore_article(conn, slug)
    assert rows() == before


def test_others_can_be_deleted_and_come_in_meanwhile(conn: Connection, slug: str) -> None:
    wanted = [row for row in quotes(conn) if row[6].slug == slug]
    delete_article(conn, slug)
    delete_article(conn, "report-2")
    add_article(conn, *numbered(3))
    restore_article(conn, slug)
    assert [row for row in quotes(conn) if row[6].slug == slug] == wanted
    assert [row.slug for row in list_articles(conn).items] == ["report-3", slug, "report-1"]


def test_topics_removed_meanwhile_do_not_come_back_and_the_caller_is_told_that_they_changed(
    conn: Connection, slug: str
) -> None:
    for one in (slug, "report-1", "report-2"):
        delete_article(conn, one)
    remove_topics(conn, {"energy"})
    *now_known, _ = all_topics(conn)
    add_revision(conn, TOPICS, tuple(now_known), "Removed energy.")
    assert restore_article(conn, slug)
    topics = {topic for row in quotes(conn) if row[6].slug == slug for topic in row[2]}
    assert topics == {"other", "nato", "ukraine"}


def test_a_deleted_text_is_still_known_by_its_letters(conn: Connection, slug: str) -> None:
    text = article_text(conn, slug).text
    delete_article(conn, slug)
    assert find_article(conn, text) == slug


def test_after_thirty_days_it_is_gone_for_ever(conn: Connection, slug: str) -> None:
    delete_article(conn, slug)
    delete_article(conn, "report-1")
    long_ago = now() - KEPT - dt.timedelta(hours=1)
    conn.execute(update(articles).where(articles.c.slug == slug).values(deleted=long_ago))
    assert purge(conn) == 1
    assert [row.slug for row in list_deleted(conn)] == ["report-1"]
    assert len(conn.execute(select(trash)).all()) == 1
    with pytest.raises(NotFound):
        restore_article(conn, slug)


def test_what_was_kept_in_a_damaged_way_is_refused_and_stays_deleted(conn: Connection, slug: str) -> None:
    delete_article(conn, slug)
    conn.execute(update(trash).values(rows=b"damaged"))
    with pytest.raises(StoreError, match="damaged"), conn.begin_nested():
        restore_article(conn, slug)
    assert [row.slug for row in list_deleted(conn)] == [slug]


def test_an_article_without_a_quote_comes_back_too(conn: Connection) -> None:
    article, analysis = numbered(7, quotes=0)
    slug, _ = add_article(conn, article, analysis)
    delete_article(conn, slug)
    restore_article(conn, slug)
    assert article_text(conn, slug).text == article.text


def test_a_library_may_be_emptied(conn: Connection, slug: str) -> None:
    for one in ("report-1", slug, "report-2"):
        delete_article(conn, one)
    assert library_counts(conn).quotes == 0
    assert purge(conn, now() + dt.timedelta(seconds=1)) == 3
    assert conn.execute(select(articles)).all() == []
    assert conn.execute(delete(articles)).rowcount == 0
