"""The index of words is in step with the rows, whoever changes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, select, text

from app.domain import Article, Speaker, SpeakerKind
from app.store import meta, search_keeping
from app.store.articles import add_article
from app.store.deleting import delete_article, purge, restore_article
from app.store.editing import edit_article, fields_of, rename_speaker, reread_article
from app.store.engine import open_engine
from app.store.migrations.config import alembic_config
from app.store.reanalysing import replace_analysis
from app.store.schema import articles
from app.store.schema_version import ensure_schema
from app.store.search_index import index_of
from tests.factories import group, make_analysis, numbered, person, say, summit
from tests.store.libraries import fill
from tests.store.searching import found_by

SLUG = "leaders-meet-in-beijing"
OLD = (
    "INSERT INTO articles (slug, title, text, text_hash, words, added, pipeline)"
    " VALUES ('old', 'Old', 'Ann said no.', 'x', 3, '2026-01-01 00:00:00', 'p')",
    "INSERT INTO speakers (slug, key, kind, name, members) VALUES ('ann', 'ann smith', 'person', 'Ann Smith', '[]')",
    "INSERT INTO attributions (article_id, position, kind, speaker_id, rule, reason,"
    " clause_start, clause_end, sentence_start, sentence_end) VALUES (1, 0, 'indirect', 1, 'r', 'w', 0, 11, 0, 12)",
    "INSERT INTO attribution_spans (attribution_id, role, position, start, \"end\") VALUES (1, 'source', 0, 0, 3)",
    'INSERT INTO quotes (uid, article_id, attribution_id, start, "end", kind, window_start, window_end)'
    " VALUES ('aaaaaaaaaaaa', 1, 1, 9, 11, 'indirect', 0, 12)",
)


@pytest.fixture
def talks(conn: Connection) -> Connection:
    add_article(conn, *summit())
    add_article(conn, *numbered(1))
    return conn


def in_step(conn: Connection) -> bool:
    index = index_of(conn)
    every = conn.scalars(select(articles.c.id)).all()
    return not search_keeping.wrong(conn, every) and not index.strangers(conn) and index.whole(conn)


def test_a_deleted_article_is_not_found_until_it_is_brought_back(talks: Connection) -> None:
    before = found_by(talks, "beijing OR putin")
    delete_article(talks, SLUG)
    assert found_by(talks, "beijing") == []
    assert len(found_by(talks, "putin")) == 1
    assert in_step(talks)
    restore_article(talks, SLUG)
    assert sorted(found_by(talks, "beijing OR putin")) == sorted(before)
    assert in_step(talks)


def test_what_is_deleted_for_ever_leaves_no_words(talks: Connection) -> None:
    delete_article(talks, SLUG)
    purge(talks, dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    assert in_step(talks)


def test_an_edited_title_is_found(talks: Connection) -> None:
    fields, _ = fields_of(talks, SLUG)
    edit_article(talks, SLUG, replace(fields, title="Summit in Peking"))
    assert len(found_by(talks, "title:peking")) == 4
    assert found_by(talks, "title:beijing") == []
    assert in_step(talks)


def test_a_title_that_was_read_again_is_found(talks: Connection) -> None:
    article, _ = summit()
    key = talks.scalars(select(articles.c.id).where(articles.c.slug == SLUG)).one()
    reread_article(talks, key, replace(article, title="Read again"))
    assert len(found_by(talks, 'title:"read again"')) == 4
    assert in_step(talks)


def test_a_renamed_speaker_is_found_in_every_article(talks: Connection) -> None:
    add_article(talks, *numbered(2))
    rename_speaker(talks, "vladimir-putin", "President P.")
    assert len(found_by(talks, 'speaker:"president p"')) == 2
    assert found_by(talks, "speaker:vladimir title:report") == []
    assert in_step(talks)


def test_members_that_become_known_are_found_in_earlier_articles(conn: Connection) -> None:
    text = "“Peace,” both sides said."
    both = Speaker("Xi Jinping and Vladimir Putin", SpeakerKind.GROUP)
    add_article(conn, Article("Early", text), make_analysis(text, say(text, "Peace", speaker=both)))
    later = group("Xi Jinping", "Vladimir Putin")
    other = f"{text} Again."
    add_article(conn, Article("Late", other), make_analysis(other, say(other, "Peace", speaker=later)))
    assert in_step(conn)


def test_a_new_analysis_of_another_text_is_found_and_the_old_one_is_not(talks: Connection) -> None:
    key = talks.scalars(select(articles.c.id).where(articles.c.slug == SLUG)).one()
    meta.lock(talks)
    text = "“Nothing new,” Ann said."
    replace_analysis(talks, key, make_analysis(text, say(text, "Nothing new", speaker=person("Ann"))), text)
    assert found_by(talks, "beijing") == ["Nothing new"]
    assert found_by(talks, "partnership") == []
    assert in_step(talks)


def test_everything_can_be_indexed_anew(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as conn:
        before = found_by(conn, "speaker:putin OR war")
        search_keeping.rebuild(conn)
        assert found_by(conn, "speaker:putin OR war") == before
        assert before
        assert in_step(conn)


def test_a_library_from_before_there_was_search_is_indexed_when_it_is_opened(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as conn:
        command.upgrade(alembic_config(conn), "0006")
        for statement in OLD:
            conn.execute(text(statement))
    assert ensure_schema(engine)
    with engine.connect() as conn:
        assert found_by(conn, 'no OR speaker:smith "ann said" title:old') == ["no"]
        assert in_step(conn)
        assert meta.get(conn, "search") is None
    engine.dispose()
