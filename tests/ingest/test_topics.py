from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event, select

from app.domain import Article, Topic
from app.errors import AnalysisError, AppError, Conflict, NotFound
from app.ingest.topics import Saved, current_revision, save_topics, topics_history, undo_topics
from app.settings import load_settings
from app.store import meta
from app.store.articles import add_article, article_text
from app.store.attributions import list_quotes
from app.store.filters import AttributionFilter
from app.store.schema import evidence
from app.store.topics import WORDS, all_topics
from tests.factories import SUMMIT_TEXT, TOPICS, make_analysis, read, say, summit
from tests.ingest.tagging import fake_tagger, fill, no_tagger

SETTINGS = load_settings()
ENERGY, NATO, UKRAINE, US = TOPICS
TALK = Topic("talk", "Talk", "", "#123456", terms=("build", "serious", "war"))


def save(engine: Engine, topics: Sequence[Topic], based_on: int | None = None, note: str = "") -> Saved:
    return save_topics(engine, SETTINGS, topics, based_on=based_on, note=note, tagger=fake_tagger)


def topics_of_quotes(engine: Engine) -> dict[str, tuple[str, ...]]:
    with engine.connect() as conn:
        return {quote.text: quote.topics for quote in list_quotes(conn, AttributionFilter(), limit=500).items}


def everything(engine: Engine) -> list[object]:
    """All that a reader can see of the tags."""
    with engine.connect() as conn:
        quotes = list_quotes(conn, AttributionFilter(), limit=500).items
        articles = {quote.article.slug for quote in quotes}
        paragraphs = [article_text(conn, slug).paragraphs for slug in sorted(articles)]
        return [all_topics(conn), current_revision(conn), meta.revision(conn), quotes, paragraphs]


def test_a_save_judges_quotes_attributions_and_paragraphs_by_the_new_topics(engine: Engine) -> None:
    fill(engine)
    saved = save(engine, [*TOPICS, TALK], based_on=0, note="A try")
    assert saved == Saved(revision=1, quotes=3, skipped=0)
    with engine.connect() as conn:
        quotes = {quote.text: quote for quote in list_quotes(conn, AttributionFilter()).items}
        first = quotes["We will build a closer energy partnership"]
        assert first.topics == first.attribution.topics == ("talk",)
        assert [(one.term, one.span.of(SUMMIT_TEXT), one.score) for one in first.evidence] == [("build", "build", 0.95)]
        assert quotes["It is a long war"].topics == ("talk", "ukraine")
        assert quotes["the pipeline may wait"].topics == ("energy",)
        paragraphs = article_text(conn, first.article.slug).paragraphs
        assert [one.topics for one in paragraphs] == [("other",), ("talk",), ("energy",), ("talk", "ukraine")]
        assert [topic.id for topic in all_topics(conn)] == ["energy", "nato", "ukraine", "us", "talk", "other"]


def test_an_attribution_has_the_evidence_of_its_quotes_in_their_order_and_each_once(engine: Engine) -> None:
    text = "“War,” she said, “and oil,” and “war again.”"
    said = say(text, "War,", "and oil,", "war again.", topics=("us",))
    with engine.begin() as conn:
        add_article(conn, Article("T", text), read(text, make_analysis(text, said)))
    save(engine, [replace(ENERGY, terms=("oil",)), UKRAINE])
    with engine.connect() as conn:
        rows = conn.execute(select(evidence).where(evidence.c.quote_id.is_(None)).order_by(evidence.c.position)).all()
        quotes = list_quotes(conn, AttributionFilter()).items
    assert [(row.topic_id, row.term) for row in rows] == [("ukraine", "War"), ("energy", "oil"), ("ukraine", "war")]
    assert [quote.topics for quote in quotes] == [("ukraine",), ("energy",), ("ukraine",)]
    assert {quote.attribution.topics for quote in quotes} == {("ukraine", "energy")}


def test_quotes_of_a_topic_that_is_removed_stay_and_become_other(engine: Engine) -> None:
    fill(engine)
    save(engine, TOPICS[1:])
    assert "energy" not in {topic for topics in topics_of_quotes(engine).values() for topic in topics}
    assert topics_of_quotes(engine)["the pipeline may wait"] == ("other",)
    assert [topic.id for topic in all_of(engine)] == ["nato", "ukraine", "us", "other"]


def test_the_second_of_two_who_save_at_once_is_told(engine: Engine) -> None:
    fill(engine)
    save(engine, [*TOPICS, TALK], based_on=0)
    before = everything(engine)
    with pytest.raises(Conflict, match=r"at revision 1, .* on revision 0"):
        save(engine, TOPICS, based_on=0)
    assert everything(engine) == before
    assert save(engine, TOPICS, based_on=1).revision == 2


def test_a_save_that_changes_nothing_is_no_revision(engine: Engine) -> None:
    fill(engine)
    before = everything(engine)
    assert save(engine, all_of(engine)) == Saved(0, 0, 0)
    assert everything(engine) == before


def all_of(engine: Engine) -> tuple[Topic, ...]:
    with engine.connect() as conn:
        return all_topics(conn)


def test_a_new_label_asks_nobody_and_touches_no_quote(engine: Engine) -> None:
    fill(engine)
    renamed = [replace(ENERGY, label="Power", colour="#000000"), *reversed(TOPICS[1:])]
    saved = save_topics(engine, SETTINGS, renamed, based_on=0, tagger=no_tagger)
    assert saved == Saved(1, 0, 0)
    assert all_of(engine)[:-1] == tuple(renamed)


def test_a_library_without_articles_asks_nobody(engine: Engine) -> None:
    assert save_topics(engine, SETTINGS, [TALK], based_on=0, tagger=no_tagger) == Saved(1, 0, 0)


def test_articles_of_an_older_version_only_lose_the_topics_that_are_removed(engine: Engine) -> None:
    with engine.begin() as conn:
        add_article(conn, *summit())
    saved = save_topics(engine, SETTINGS, [TALK, *TOPICS[1:]], based_on=None, tagger=no_tagger)
    assert saved == Saved(revision=1, quotes=2, skipped=1)
    assert sorted(topics_of_quotes(engine).values()) == [("nato",), ("other",), ("other",), ("ukraine",)]
    with engine.connect() as conn:
        assert "energy" not in set(conn.scalars(select(evidence.c.topic_id)))
        quotes = list_quotes(conn, AttributionFilter(topic="other")).items
        assert {quote.attribution.topics for quote in quotes} == {("other",)}


def test_only_rows_that_differ_are_touched(engine: Engine) -> None:
    fill(engine, more=3)
    save(engine, [*TOPICS, TALK])
    written: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: written.append(args[2]))
    save(engine, [*TOPICS, replace(TALK, terms=("build", "serious", "war", "zebra"))])
    touched = [one for one in written if one.startswith(("INSERT", "DELETE")) and "topic_revisions" not in one]
    assert touched == []
    with engine.connect() as conn:
        before = dict(conn.execute(select(evidence.c.id, evidence.c.term)).all())
    save(engine, [*TOPICS, replace(TALK, terms=("build", "war"))])
    with engine.connect() as conn:
        after = dict(conn.execute(select(evidence.c.id, evidence.c.term)).all())
    assert after.items() < before.items()
    assert {before[key] for key in set(before) - set(after)} == {"serious"}


def test_undo_goes_back_one_save_after_the_other_and_never_to_and_fro(engine: Engine) -> None:
    fill(engine)
    books = [TOPICS, (*TOPICS, TALK), (TALK,)]
    seen = [topics_of_quotes(engine)]
    for book in books[1:]:
        save(engine, book)
        seen.append(topics_of_quotes(engine))
    assert undo_topics(engine, SETTINGS, tagger=fake_tagger).revision == 3
    assert topics_of_quotes(engine) == seen[1]
    undo_topics(engine, SETTINGS, tagger=fake_tagger)
    assert all_of(engine)[:-1] == TOPICS
    with pytest.raises(NotFound, match="no earlier"):
        undo_topics(engine, SETTINGS, tagger=fake_tagger)
    save(engine, (TALK,))
    undo_topics(engine, SETTINGS, tagger=fake_tagger)
    assert all_of(engine)[:-1] == TOPICS
    with pytest.raises(NotFound):
        undo_topics(engine, SETTINGS, tagger=fake_tagger)


def test_the_history_has_every_code_book_newest_first(engine: Engine) -> None:
    save(engine, (*TOPICS, TALK), note="More talk")
    undo_topics(engine, SETTINGS, tagger=fake_tagger)
    with engine.connect() as conn:
        history = topics_history(conn)
        assert current_revision(conn) == 2
    assert [one.number for one in history] == [2, 1, 0]
    assert [one.topics for one in history] == [TOPICS, (*TOPICS, TALK), TOPICS]
    assert history[1].note == "More talk"
    assert history[0].note == "Undone: the topics are those of revision 0 again."
    assert history[2].saved <= history[1].saved <= history[0].saved


def test_a_topic_with_every_kind_of_words_comes_back_whole(engine: Engine) -> None:
    words = [(f"{name}: ✓", "“x”") for name in WORDS]
    full = Topic("talk", "„Ж“ <b>&", "'; DROP TABLE topics", "#123456", *words)
    save(engine, [full])
    assert all_of(engine)[:-1] == (full,)
    with engine.connect() as conn:
        assert topics_history(conn)[0].topics == (full,)


def test_nothing_is_kept_of_a_save_that_fails_in_the_middle(engine: Engine) -> None:
    fill(engine, more=120)
    text = "“RAISE it,” she said."
    with engine.begin() as conn:
        add_article(conn, Article("T", text), read(text, make_analysis(text, say(text, "RAISE it,"))))
    before = everything(engine)
    with pytest.raises(AnalysisError, match="The tagger failed"):
        save(engine, [replace(TALK, terms=("words", "raise"))])
    assert everything(engine) == before


def test_topics_that_cannot_stand_together_are_refused(engine: Engine) -> None:
    with pytest.raises(AppError, match="more than once"):
        save(engine, [TALK, TALK])
    assert all_of(engine)[:-1] == TOPICS
