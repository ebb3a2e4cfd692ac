"""One document into the library: whole, once, to the letter, and judged by the topics of the moment."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine, select

from app.domain import Analysis, Paragraph, Topic
from app.errors import AppError, Conflict, IngestError, StoreError
from app.ingest.taking import LostError, Shop, Taken, take_in
from app.ingest.topics import save_topics
from app.settings import Settings, load_settings
from app.store import schema
from app.store.articles import article_text, list_articles
from app.store.deleting import delete_article
from app.store.job_lists import list_jobs
from app.store.originals import original
from app.store.provenance import source_of
from app.store.stats import library_counts
from app.text.given import Given
from tests.ingest.tagging import no_tagger
from tests.ingest.works import FakeAnalyser


@pytest.fixture
def settings(sqlite_engine: Engine) -> Settings:
    return load_settings(database_url=str(sqlite_engine.url), max_characters=1_000)


@pytest.fixture
def shop(sqlite_engine: Engine, settings: Settings) -> Shop:
    return Shop(sqlite_engine, settings, FakeAnalyser())


def stands(conn: Connection, taken: Taken) -> bool:
    return True


def take(shop: Shop, text: str, name: str = "a.txt") -> Taken:
    return take_in(shop, text.encode(), Given(name=name), stands)


def everything(engine: Engine) -> list[object]:
    with engine.connect() as conn:
        return [list(conn.execute(select(table))) for table in schema.articles.metadata.sorted_tables]


def test_what_was_found_is_said_in_a_sentence(shop: Shop) -> None:
    assert take(shop, "Report\nShe said: “It is so.” And “so it is.”").message == "2 quotes, 0 indirect."
    assert take(shop, "Two\nHe said: “No.”").message == "1 quote, 0 indirect."
    assert take(shop, "Nobody spoke").message == "No quotes found: the text quotes nobody in words or in marks."


def test_the_same_article_again_changes_nothing_says_so_and_is_not_analysed(shop: Shop) -> None:
    text = "Report\nShe said: “It is so.”"
    slug = take(shop, text).slug
    before = everything(shop.engine)
    for name in ("a.txt", "other.txt", "other.md"):
        taken = take(shop, text, name)
        assert (taken.outcome, taken.slug) == ("known", slug)
        assert "nothing was changed" in taken.message
    assert len(shop.analyser.texts) == 1  # type: ignore[attr-defined]
    assert everything(shop.engine) == before


def test_what_was_deleted_comes_back(shop: Shop) -> None:
    slug = take(shop, "Report\n“One.”").slug
    with shop.engine.begin() as conn:
        delete_article(conn, slug)
    taken = take(shop, "Report\n“One.”")
    assert (taken.outcome, taken.slug) == ("restored", slug)
    assert "is back" in taken.message


def test_an_analysis_that_does_not_fit_leaves_nothing_behind(sqlite_engine: Engine, settings: Settings) -> None:
    class Wrong(FakeAnalyser):
        def analyse(self, text, paragraphs, title=""):  # type: ignore[no-untyped-def]
            return super().analyse(text + " “More.”", paragraphs, title)

    before = everything(sqlite_engine)
    with pytest.raises(StoreError, match="does not fit the text"):
        take(Shop(sqlite_engine, settings, Wrong()), "“One.”")
    assert everything(sqlite_engine) == before


def test_a_document_that_is_nobodys_any_more_leaves_nothing_behind(shop: Shop) -> None:
    before = everything(shop.engine)
    with pytest.raises(LostError):
        take_in(shop, b"Report", Given(name="a.txt"), lambda conn, taken: False)
    assert everything(shop.engine) == before


def test_a_document_that_cannot_be_read_is_not_analysed(shop: Shop) -> None:
    with pytest.raises(IngestError, match="at most 1,000"):
        take(shop, "x" * 1_001)
    assert not shop.analyser.texts  # type: ignore[attr-defined]


def test_the_text_is_kept_to_the_letter_and_so_is_the_original(shop: Shop) -> None:
    text = "Report\r\n\r\n“Zoë 😀,” she\u00a0said.\n"
    slug = take(shop, text).slug
    with shop.engine.connect() as conn:
        assert article_text(conn, slug).text == text
        source = source_of(conn, slug)
        assert source
        assert original(conn, source.original) == text.encode()
        assert library_counts(conn).quotes == 1


class SlowAnalyser(FakeAnalyser):
    """Meanwhile, somebody saves other topics, *times* times."""

    def __init__(self, engine: Engine, settings: Settings, times: int) -> None:
        super().__init__()
        self.engine, self.settings, self.times = engine, settings, times

    def analyse(self, text: str, paragraphs: Sequence[Paragraph], title: str = "") -> Analysis:
        """The analysis of *text*, after the others have saved."""
        if len(self.texts) < self.times:
            book = [Topic(f"t{len(self.texts)}", "T", "", "#123456", ("x",))]
            save_topics(self.engine, self.settings, book, based_on=None, tagger=no_tagger)
        return super().analyse(text, paragraphs, title)


@pytest.mark.parametrize(("times", "error", "read"), [(0, None, 1), (2, None, 3), (9, Conflict, 5)])
def test_a_text_is_read_again_where_the_topics_were_changed_meanwhile(
    sqlite_engine: Engine, settings: Settings, times: int, error: type[AppError] | None, read: int
) -> None:
    analyser = SlowAnalyser(sqlite_engine, settings, times)
    shop = Shop(sqlite_engine, settings, analyser)
    if error:
        with pytest.raises(error, match="again and again"):
            take(shop, "“One,” she said.")
    else:
        assert take(shop, "“One,” she said.").outcome == "added"
    assert len(analyser.texts) == read
    with sqlite_engine.connect() as conn:
        assert list_articles(conn).total == (0 if error else 1)


def test_a_text_that_comes_back_after_the_topics_changed_is_judged_anew(shop: Shop) -> None:
    slug = take(shop, "Report\n“It is so,” she said.").slug
    with shop.engine.begin() as conn:
        delete_article(conn, slug)
    book = [Topic("trade", "Trade", "", "#123456", ("tariff",))]
    save_topics(shop.engine, shop.settings, book, based_on=None, tagger=no_tagger)
    assert take(shop, "Report\n“It is so,” she said.").outcome == "restored"
    with shop.engine.connect() as conn:
        [job] = list_jobs(conn).items
    assert (job.kind, job.slug, job.status) == ("reanalyse", slug, "queued")
