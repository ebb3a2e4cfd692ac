"""How long a save of topics takes on 10,000 quotes, over bare spaCy cutting and matching the same texts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from time import perf_counter

import pytest
import spacy
from spacy.matcher import PhraseMatcher
from sqlalchemy import Engine

from app.codebook import read_codebook
from app.domain import Article, Topic
from app.ingest.taggers import ProcessTagger
from app.ingest.topics import preview_topics, save_topics
from app.resources import resource_dir
from app.settings import load_settings
from app.store.articles import add_article
from tests.factories import make_analysis, read, say

pytestmark = pytest.mark.bench

ARTICLES, QUOTES, WORDS = 500, 20, 20
SETTINGS = load_settings()
RARE, COMMON = "quince", "pear"
"""Words in one article in twenty, and in all of them."""
MOST = {"rare": 1.0, "common": 7.0}
"""Times what bare spaCy takes."""


def texts(words: list[str]) -> Iterator[str]:
    chance = random.Random(4)
    for number in range(ARTICLES):
        lines = []
        for quote in range(QUOTES):
            some = chance.choices(words, k=WORDS - 2)
            extra = RARE if number % 20 == 0 and quote == 0 else COMMON if quote % 4 == 0 else "plum"
            lines.append(f"“{' '.join(some)} {extra} {number}.{quote}” she said.")
        yield "\n".join(lines)


def fill(engine: Engine, given: list[str]) -> None:
    with engine.begin() as conn:
        for number, text in enumerate(given):
            said = [say(text, line[1 : line.index("”")]) for line in text.splitlines()]
            add_article(conn, Article(f"Report {number}", text), read(text, make_analysis(text, *said)))


def bare(given: list[str], topics: tuple[Topic, ...]) -> float:
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for topic in topics:
        matcher.add(topic.id, list(nlp.pipe(topic.terms)))
    start = perf_counter()
    for doc in nlp.pipe(given):
        matcher(doc)
    return perf_counter() - start


def with_term(topics: tuple[Topic, ...], term: str) -> tuple[Topic, ...]:
    return (replace(topics[0], terms=(*topics[0].terms, term)), *topics[1:])


def test_a_word_that_is_rare_is_saved_sooner_than_bare_spacy_reads_the_texts_and_any_soon_after(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = read_codebook(resource_dir("seeds") / "topics.toml")
    words = [word for topic in topics for term in topic.terms for word in term.split()]
    given = list(texts([*words, *("she they will a the of in on we it is plan place house".split() * 80)]))
    fill(sqlite_engine, given)
    spent: dict[str, float] = {}
    with closing(ProcessTagger()) as tagger:
        start = perf_counter()
        first = save_topics(sqlite_engine, SETTINGS, topics, based_on=None, tagger=tagger)
        spent["first, cold"] = perf_counter() - start
        for name, term in (("rare", RARE), ("common", COMMON)):
            book = with_term(topics, term)
            start = perf_counter()
            shown = preview_topics(sqlite_engine, SETTINGS, book, only=topics[0].id, tagger=tagger)
            spent[f"preview, {name}"] = perf_counter() - start
            start = perf_counter()
            saved = save_topics(sqlite_engine, SETTINGS, book, based_on=None, tagger=tagger)
            spent[name] = perf_counter() - start
            assert saved.quotes == shown.entering_count > 0
            save_topics(sqlite_engine, SETTINGS, topics, based_on=None, tagger=tagger)
    spent["bare"] = bare(given, topics)
    with capsys.disabled():
        print(f"\n{ARTICLES * QUOTES:,} quotes, {first.quotes:,} moved by the first save;", end=" ")
        print(", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items()))
    for name, most in MOST.items():
        assert spent[name] <= most * spent["bare"], name
