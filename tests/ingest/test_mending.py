"""What is wrong with a library is mended: made anew, or read again by the jobs that are queued for it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from app.ingest.mending import mend
from app.ingest.taking import Shop, take_in
from app.ingest.tasks import do
from app.settings import Settings
from app.store.checkup import check_library
from app.store.intake_schema import jobs, signatures
from app.store.jobs import Lease, claim
from app.store.troubles import Kind, Remedy, Trouble
from app.text.given import Given
from tests.ingest.works import FakeAnalyser
from tests.store.libraries import break_it

TEXT = "Report\n\n“It is so,” she said. " + "Many words stand here, one after the other. " * 10
Shelf = dict[tuple[Kind, Remedy], list[int | str]]


def found_in(engine: Engine) -> list[Trouble]:
    with engine.connect() as conn:
        return list(check_library(conn))


def by_kind(found: list[Trouble]) -> Shelf:
    keys: Shelf = {}
    for one in found:
        keys.setdefault((one.kind, one.remedy), []).append(one.key or "")
    return keys


@pytest.fixture
def shop(sqlite_engine: Engine) -> Shop:
    """A library with two articles that came out of documents."""
    made = Shop(sqlite_engine, Settings(database_url=str(sqlite_engine.url)), FakeAnalyser())
    for body in (TEXT, TEXT.replace("Report", "Another")):
        take_in(made, body.encode(), Given(name="a.txt"), lambda conn, taken: True)
    assert found_in(sqlite_engine) == []
    return made


def work_off(shop: Shop) -> None:
    while True:
        with shop.engine.begin() as conn:
            task = claim(conn, "here:1:1", Lease(seconds=60))
        if task is None:
            return
        do(shop, task)


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE quotes SET window_end = 9999",
        "UPDATE quotes SET uid = 'aaaaaaaaaaa' || id",
        'UPDATE attribution_spans SET "end" = 9999',
        "DELETE FROM quote_topics",
        "DELETE FROM speakers",
        "UPDATE attributions SET kind = 'sung'",
        'UPDATE paragraphs SET "end" = 9999',
        "UPDATE paragraphs SET kind = 'poem'",
        "UPDATE sources SET pieces = '[[0,9999,0,9999,null,\"\"]]'",
        "UPDATE articles SET text = replace(text, 'words', 'swords')",
        "UPDATE articles SET text_hash = 'other' || id",
    ],
)
def test_what_is_wrong_with_an_article_is_mended_by_the_job_that_is_queued(shop: Shop, broken: str) -> None:
    break_it(shop.engine, broken)
    found = found_in(shop.engine)
    assert found
    said = list(mend(shop.engine, by_kind(found)))
    assert said[-1] == "2 articles are queued to be analysed again, which `communique serve` does."
    work_off(shop)
    with shop.engine.connect() as conn:
        assert set(conn.scalars(select(jobs.c.status))) == {"done"}, conn.execute(select(jobs.c.message)).all()
    # Counts of speakers that are gone, and the like, are made anew at the next turn.
    list(mend(shop.engine, by_kind(found_in(shop.engine))))
    assert [one.what for one in found_in(shop.engine)] == []


def test_missing_and_damaged_signatures_are_made_and_versions_linked(shop: Shop) -> None:
    break_it(shop.engine, "DELETE FROM versions", "DELETE FROM bands", "DELETE FROM signatures WHERE article_id = 1")
    break_it(shop.engine, "UPDATE signatures SET minhash = x'00'")
    said = list(mend(shop.engine, by_kind(found_in(shop.engine))))
    assert "Articles were compared with the others." in said
    assert found_in(shop.engine) == []
    with shop.engine.connect() as conn:
        assert all(len(row.minhash) == 512 for row in conn.execute(select(signatures)))


def test_what_only_a_backup_helps_against_is_left_alone(shop: Shop) -> None:
    break_it(shop.engine, "UPDATE originals SET data = x'00'")
    found = found_in(shop.engine)
    assert {one.remedy for one in found} == {Remedy.BACKUP}
    assert list(mend(shop.engine, by_kind(found))) == []
    assert found_in(shop.engine) == found
