from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.domain import Article, Paragraph, ParagraphKind, TextSpan
from app.errors import NotFound, StoreError
from app.store import counts, meta, schema
from app.store.articles import add_article, article_text, find_article, list_articles
from tests.factories import PIPELINE, SUMMIT_TEXT, find, make_analysis, numbered, person, say, summit


def row_counts(conn: Connection) -> dict[str, int]:
    tables = schema.articles.metadata.tables.values()
    return {table.name: conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_an_article_comes_back_to_the_letter(conn: Connection) -> None:
    article, analysis = summit()
    added = dt.datetime(2024, 5, 17, 8, 30, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    slug, created = add_article(conn, article, analysis, added=added)
    stored = article_text(conn, slug)
    assert (slug, created) == ("leaders-meet-in-beijing", True)
    assert stored.text == article.text
    assert stored.paragraphs == analysis.paragraphs
    row = stored.row
    assert (row.title, row.url, row.publisher, row.date) == (
        article.title,
        article.url,
        article.publisher,
        article.date,
    )
    assert (row.pipeline, row.words, row.quotes, row.indirect) == (PIPELINE, len(SUMMIT_TEXT.split()), 3, 1)
    assert row.added == added
    assert row.added.tzinfo is dt.UTC


def test_paragraphs_keep_their_kinds_and_topics_in_order(conn: Connection) -> None:
    article, analysis = summit()
    first = Paragraph(analysis.paragraphs[0].span, ParagraphKind.HEADING, ("us", "energy", "other"))
    analysis = replace(analysis, paragraphs=(first, *analysis.paragraphs[1:]))
    slug, _ = add_article(conn, article, analysis)
    assert article_text(conn, slug).paragraphs == analysis.paragraphs


def test_the_same_text_twice_changes_nothing_and_says_so(conn: Connection) -> None:
    article, analysis = summit()
    add_article(conn, article, analysis)
    before, revision = row_counts(conn), meta.revision(conn)
    renamed = replace(article, title="Another title", url="https://example.org/other")
    assert add_article(conn, renamed, analysis) == ("leaders-meet-in-beijing", False)
    assert row_counts(conn) == before
    assert meta.revision(conn) == revision


def test_an_article_is_known_by_its_exact_text(conn: Connection) -> None:
    article, analysis = summit()
    assert find_article(conn, article.text) is None
    add_article(conn, article, analysis)
    assert find_article(conn, article.text) == "leaders-meet-in-beijing"
    assert find_article(conn, article.text + " ") is None


def test_articles_with_the_same_title_get_numbered_addresses(conn: Connection) -> None:
    slugs = []
    for n in range(4):
        article, analysis = numbered(n)
        slugs.append(add_article(conn, replace(article, title="Same: title!"), analysis)[0])
    assert slugs == ["same-title", "same-title-2", "same-title-3", "same-title-4"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Совместное заявление", "sovmestnoe-zaiavlenie"),
        ("???", "article"),
        ("A" * 300, "a" * 80),
        ("word " * 60, ("word-" * 16)[:-1]),
        ("100% of_it\\_", "100-of-it"),
    ],
)
def test_an_address_is_made_from_any_title(conn: Connection, title: str, slug: str) -> None:
    article, analysis = summit(title)
    assert add_article(conn, article, analysis)[0] == slug


def test_a_title_that_ends_in_a_number_takes_no_address_from_another(conn: Connection) -> None:
    titles = ["Talks", "Talks 2", "Talks"]
    slugs = [
        add_article(conn, replace(numbered(n)[0], title=title), numbered(n)[1])[0] for n, title in enumerate(titles)
    ]
    assert slugs == ["talks", "talks-2", "talks-3"]


def test_the_newest_article_is_listed_first_and_pages_join_up(conn: Connection) -> None:
    slugs = [add_article(conn, *numbered(n))[0] for n in range(7)]
    found: list[str] = []
    after = None
    for _ in range(4):
        page = list_articles(conn, limit=2, after=after)
        assert page.total == 7
        found += [row.slug for row in page.items]
        after = page.next
    assert found == slugs[::-1]
    assert after is None


def test_an_unknown_article_is_not_found(conn: Connection) -> None:
    with pytest.raises(NotFound, match="“nowhere”"):
        article_text(conn, "nowhere")
    with pytest.raises(NotFound):
        list_articles(conn, after="nowhere")


@pytest.mark.parametrize(
    "span", [TextSpan(5, 5), TextSpan(0, len(SUMMIT_TEXT) + 1), TextSpan(len(SUMMIT_TEXT), len(SUMMIT_TEXT))]
)
def test_a_quote_that_is_not_in_the_text_keeps_the_whole_article_out(conn: Connection, span: TextSpan) -> None:
    article, analysis = summit()
    broken = replace(analysis, quotes=(replace(analysis.quotes[0], span=span), *analysis.quotes[1:]))
    before = row_counts(conn)
    with pytest.raises(StoreError, match="does not fit the text"):
        add_article(conn, article, broken)
    assert row_counts(conn) == before


def test_an_analysis_that_does_not_hold_together_is_refused(conn: Connection) -> None:
    article, analysis = summit()
    first = analysis.quotes[0]
    for quote in (replace(first, attribution=99), replace(first, attribution=-1), replace(first, topics=())):
        with pytest.raises(StoreError):
            add_article(conn, article, replace(analysis, quotes=(quote,)))


def test_a_topic_the_library_does_not_have_keeps_the_whole_article_out(conn: Connection) -> None:
    article, analysis = summit()
    unknown = replace(analysis.quotes[0], topics=("sport",))
    before = row_counts(conn)
    with pytest.raises(StoreError, match="“sport”"):
        add_article(conn, article, replace(analysis, quotes=(unknown,)))
    assert row_counts(conn) == before


def test_what_fails_halfway_leaves_nothing_even_if_the_caller_commits(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.connect() as conn:
        before = row_counts(conn)
    article, analysis = summit()
    monkeypatch.setattr("app.store.writing.quote_ids", lambda text, spans: ["not-twelve"] * 4)
    with engine.begin() as conn, pytest.raises(IntegrityError):
        add_article(conn, article, analysis)
    with engine.connect() as conn:
        assert row_counts(conn) == before


@pytest.mark.parametrize("words", ["naïve “Zoë” 😀🏳️‍🌈 x", "e\u0301 \u202eabc\u202c end", "a\r\nb\tc \x01 \ufeff d"])
def test_offsets_count_code_points_whatever_the_script(conn: Connection, words: str) -> None:
    text = f"He said: “{words}” 終わり."
    slug, _ = add_article(conn, Article("T", text), make_analysis(text, say(text, words)))
    stored = article_text(conn, slug)
    assert stored.text == text
    row = conn.execute(select(schema.quotes.c.start, schema.quotes.c.end)).one()
    assert text[row.start : row.end] == words


def test_a_text_the_database_would_cut_is_refused(conn: Connection, backend: str) -> None:
    text = "He said: “before \0 after” today."
    analysis = make_analysis(text, say(text, "before \0 after"))
    with pytest.raises(StoreError):
        add_article(conn, Article("T", text), analysis)


def test_the_database_itself_refuses_a_span_that_ends_before_it_starts(conn: Connection) -> None:
    slug, _ = add_article(conn, *summit())
    key = conn.scalar(select(schema.articles.c.id).where(schema.articles.c.slug == slug))
    values = {"article_id": key, "position": 99, "start": 4, "end": 4, "kind": "body"}
    with pytest.raises(IntegrityError):
        conn.execute(insert(schema.paragraphs).values(values))


def test_deleting_an_article_takes_all_that_hangs_on_it(conn: Connection) -> None:
    add_article(conn, *summit())
    counts.take_out(conn, *conn.scalars(select(schema.articles.c.id)))
    conn.execute(schema.articles.delete())
    left = {name for name, number in row_counts(conn).items() if number}
    assert left == {"meta", "topics", "speakers"}


def test_every_new_article_counts_the_revision_up(engine: Engine) -> None:
    with engine.begin() as conn:
        before = meta.revision(conn)
        add_article(conn, *numbered(1))
    with engine.begin() as conn:
        add_article(conn, *numbered(2))
        conn.rollback()
    with engine.connect() as conn:
        assert meta.revision(conn) == before + 1


def test_an_article_without_quotes_is_kept(conn: Connection) -> None:
    text = "Nobody said a thing."
    slug, created = add_article(conn, Article("Silence", text), make_analysis(text))
    row = article_text(conn, slug).row
    assert created
    assert (row.quotes, row.indirect) == (0, 0)


def test_a_speaker_is_one_across_articles_by_folded_name_and_kind(conn: Connection) -> None:
    for n, name in enumerate(["Recep Tayyip Erdoğan", "RECEP TAYYIP ERDOGAN", "Recep  Tayyip Erdoğan"]):
        text = f"“Words {n}” he said."
        add_article(conn, Article(f"T{n}", text), make_analysis(text, say(text, f"Words {n}", speaker=person(name))))
    rows = conn.execute(select(schema.speakers.c.slug, schema.speakers.c.name)).all()
    assert [tuple(row) for row in rows] == [("recep-tayyip-erdogan", "Recep Tayyip Erdoğan")]


def test_words_found_by_the_factories_are_those_of_the_text() -> None:
    assert find("a b a", "a", 1) == TextSpan(4, 5)
