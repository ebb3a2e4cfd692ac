import datetime as dt
import random
import struct

import pytest
from sqlalchemy import Connection, delete, func, select, update

from app.domain import Article
from app.store.articles import add_article
from app.store.intake_schema import bands, signatures, versions
from app.store.schema import articles
from app.store.versions import (
    BAND_CANDIDATES,
    PERMUTATIONS,
    SAME_ADDRESS,
    VersionRow,
    earlier_versions,
    has_signature,
    likeness,
    link_versions,
    put_signature,
    unsigned,
    versions_of,
)
from tests.factories import make_analysis

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def signed(seed: int, changed: int = 0) -> bytes:
    """A signature that differs from that of the same seed in the last *changed* places."""
    values = random.Random(seed).sample(range(1 << 32), PERMUTATIONS)
    values[PERMUTATIONS - changed :] = random.Random(f"{seed} {changed}").sample(range(1 << 32), changed)
    return struct.pack(f"<{PERMUTATIONS}I", *values)


def add(conn: Connection, name: str, signature: bytes, **more: object) -> list[VersionRow]:
    """Article *name* with its signature, and the versions that it was linked with."""
    text = f"{name} is here."
    url = more.pop("url", None)
    added = NOON + dt.timedelta(hours=int(more.pop("hours", 0)))  # type: ignore[call-overload]
    article = Article(name, text, url=url, **more)  # type: ignore[arg-type]
    slug, _ = add_article(conn, article, make_analysis(text), added=added)
    key = key_of(conn, slug)
    put_signature(conn, key, signature)
    return link_versions(conn, key, signature=signature, url=article.url)


def key_of(conn: Connection, slug: str) -> int:
    return int(conn.scalars(select(articles.c.id).where(articles.c.slug == slug)).one())


def slugs(rows: object) -> list[str]:
    return [row.slug for row in rows]  # type: ignore[attr-defined]


def test_near_copies_are_linked_with_how_like_they_are(conn: Connection) -> None:
    assert add(conn, "first", signed(1)) == []
    assert add(conn, "other", signed(2)) == []
    [found] = add(conn, "second", signed(1, 28))
    assert (found.slug, found.title, found.same_url) == ("first", "first", False)
    assert found.likeness == pytest.approx(2 * 100 / 228)
    row = conn.execute(select(versions)).one()
    assert (row.article_id, row.other_id) == (key_of(conn, "second"), key_of(conn, "first"))


def test_the_most_alike_comes_first(conn: Connection) -> None:
    add(conn, "far", signed(1, 60))
    add(conn, "near", signed(1, 20))
    assert slugs(add(conn, "last", signed(1))) == ["near", "far"]


def test_what_is_less_than_half_alike_is_no_version(conn: Connection) -> None:
    add(conn, "first", signed(1))
    assert likeness(signed(1), signed(1, 86)) < 0.5 < likeness(signed(1), signed(1, 84))
    assert add(conn, "too far", signed(1, 86)) == []
    assert slugs(add(conn, "near enough", signed(1, 84))) == ["first"]


def test_both_know_of_each_other_the_earliest_first(conn: Connection) -> None:
    add(conn, "printed", signed(1), date=dt.date(2024, 4, 30))
    add(conn, "undated", signed(1, 5), hours=-1)
    add(conn, "wire", signed(1, 6), date=dt.date(2024, 4, 29), publisher="Wire", hours=5)
    assert slugs(versions_of(conn, "printed")) == ["wire", "undated"]
    assert slugs(versions_of(conn, "wire")) == ["printed", "undated"]
    assert versions_of(conn, "wire")[0].date == dt.date(2024, 4, 30)
    assert versions_of(conn, "nothing") == ()


def test_lists_name_the_earliest_version_of_what_is_later(conn: Connection) -> None:
    for name, hours in (("b", 1), ("a", 0), ("c", 2)):
        add(conn, name, signed(1, hours), hours=hours)
    add(conn, "alone", signed(2))
    found = earlier_versions(conn, ["a", "b", "c", "alone"])
    assert {slug: row.slug for slug, row in found.items()} == {"b": "a", "c": "a"}
    assert earlier_versions(conn, []) == {}


@pytest.mark.parametrize("second", ["https://example.org/a", "http://example.org/a/", "https://example.org/a#top"])
def test_the_same_address_makes_a_version_of_any_text(conn: Connection, second: str) -> None:
    add(conn, "first", signed(1), url="https://example.org/a")
    add(conn, "elsewhere", signed(3), url="https://example.org/b")
    [found] = add(conn, "second", signed(2), url=second)
    assert (found.slug, found.same_url, found.likeness) == ("first", True, 0.0)


def test_a_short_text_has_no_bands_and_is_known_by_its_address(conn: Connection) -> None:
    add(conn, "first", b"", url="https://example.org/a")
    add(conn, "second", b"")
    assert slugs(add(conn, "third", b"", url="https://example.org/a")) == ["first"]
    assert conn.scalar(select(func.count()).select_from(bands)) == 0
    assert unsigned(conn, limit=5) == []


@pytest.mark.parametrize("front", ["https://example.org", "https://example.org/", "urn:example", ""])
def test_the_address_of_a_whole_site_says_nothing(conn: Connection, front: str) -> None:
    add(conn, "first", signed(1), url=front)
    assert add(conn, "second", signed(2), url=front) == []


def test_an_address_that_very_many_have_says_nothing(conn: Connection) -> None:
    for number in range(SAME_ADDRESS + 1):
        add(conn, f"one {number}", signed(number), url="https://example.org/live")
    assert add(conn, "last", signed(99), url="https://example.org/live") == []


def test_what_was_deleted_is_neither_linked_nor_shown(conn: Connection) -> None:
    add(conn, "first", signed(1), url="https://example.org/a")
    add(conn, "second", signed(1, 9), url="https://example.org/a")
    conn.execute(update(articles).where(articles.c.slug == "first").values(deleted=NOON))
    assert versions_of(conn, "second") == versions_of(conn, "first") == ()
    assert earlier_versions(conn, ["first", "second"]) == {}
    assert slugs(add(conn, "third", signed(1, 8), url="https://example.org/a")) == ["second"]


def test_signature_bands_and_links_go_with_their_article(conn: Connection) -> None:
    add(conn, "first", signed(1))
    add(conn, "second", signed(1, 9))
    conn.execute(delete(articles))
    for table in (signatures, bands, versions):
        assert conn.scalar(select(func.count()).select_from(table)) == 0


def test_linking_again_adds_nothing(conn: Connection) -> None:
    add(conn, "first", signed(1))
    add(conn, "second", signed(1, 9))
    for name, changed in (("first", 0), ("second", 9)):
        assert link_versions(conn, key_of(conn, name), signature=signed(1, changed), url=None) == []


def test_a_band_that_very_many_share_costs_no_more_and_hides_no_other(conn: Connection) -> None:
    def with_common_start(seed: int, changed: int = 0) -> bytes:
        return signed(0)[:12] + signed(seed, changed)[12:]

    add(conn, "first", with_common_start(1))
    for number in range(BAND_CANDIDATES + 5):
        add(conn, f"of a kind {number}", with_common_start(100 + number))
    assert slugs(add(conn, "second", with_common_start(1, 20))) == ["first"]


def test_articles_of_a_version_before_are_listed_until_they_are_signed(conn: Connection) -> None:
    for name in ("old", "older"):
        add_article(conn, Article(name, f"{name} text", url="https://example.org/a"), make_analysis(f"{name} text"))
    waiting = unsigned(conn, limit=5)
    assert [(one.text, one.url) for one in waiting] == [
        ("old text", "https://example.org/a"),
        ("older text", "https://example.org/a"),
    ]
    assert len(unsigned(conn, limit=1)) == 1
    put_signature(conn, waiting[0].id, b"")
    assert has_signature(conn, waiting[0].id)
    assert not has_signature(conn, waiting[1].id)
    assert has_signature(conn, 12345), "what is not there needs none"
    assert [one.id for one in unsigned(conn, limit=5)] == [waiting[1].id]
