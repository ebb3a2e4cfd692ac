from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, text

from app.domain import OTHER
from app.store.articles import article_text, list_articles
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.quote_ids import quote_ids
from app.store.readings import unpack_readings, unpack_tokens
from app.store.schema import readings
from tests.bench.library import make_library


def test_a_made_up_library_holds_together(tmp_path: Path) -> None:
    engine = make_library(tmp_path / "made-up.sqlite", 100)
    with engine.connect() as conn:
        assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        page = list_articles(conn)
        assert (page.total, [row.quotes + row.indirect for row in page.items]) == (4, [25] * 4)
        for row in page.items:
            found = article_text(conn, row.slug)
            quotes = list_quotes(conn, AttributionFilter(article=row.slug), limit=100).items
            assert [quote.id for quote in quotes] == quote_ids(found.text, [quote.span for quote in quotes])
            assert all(0 <= one.span.start < one.span.end <= len(found.text) for one in found.paragraphs)
            for quote in quotes:
                assert quote.text == quote.span.of(found.text)
                assert quote.sentence.span.contains(quote.clause.span)
                assert {one.topic for one in quote.evidence} == {topic for topic in quote.topics if topic != OTHER}
                assert all(one.span.of(found.text) == one.term for one in quote.evidence)
        packed = conn.execute(select(readings)).first()
        assert packed is not None
        [slug] = [row.slug for row in page.items if row.slug.endswith("-1")]
        words = article_text(conn, slug).text
        assert unpack_tokens(words, packed.tokens).lemmas
        assert len(unpack_readings(packed.quotes)) == 25
    engine.dispose()


def test_the_same_seed_makes_the_same_library(tmp_path: Path) -> None:
    uids = []
    for name in ("one", "two"):
        engine = make_library(tmp_path / f"{name}.sqlite", 50)
        with engine.connect() as conn:
            uids.append([quote.id for quote in list_quotes(conn, AttributionFilter()).items])
        engine.dispose()
    assert uids[0] == uids[1]
