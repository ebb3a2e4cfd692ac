from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event

from app.domain import Article, AttributionKind, Speaker, SpeakerKind, TextSpan
from app.errors import AppError, NotFound
from app.store.articles import add_article
from app.store.attributions import list_quotes, quote_by_id
from app.store.filters import UNNAMED, AttributionFilter
from app.store.rows import Page, QuoteRow
from tests.factories import SUMMIT_TEXT, TOPICS, find, make_analysis, numbered, person, say, summit

EVERYTHING = AttributionFilter()
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def words_of(page: Page[QuoteRow]) -> list[str]:
    return [quote.text for quote in page.items]


def walk(conn: Connection, chosen: AttributionFilter, limit: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = list_quotes(conn, chosen, limit=limit, after=after)
        found += [quote.id for quote in page.items]
        if page.next is None:
            return found
        assert len(page.items) == limit
        after = page.next


def test_a_quote_comes_with_all_that_a_page_shows(conn: Connection) -> None:
    add_article(conn, *summit())
    quote = list_quotes(conn, AttributionFilter(topic="nato")).items[0]
    assert quote.text == "serious concerns"
    assert quote.span == find(SUMMIT_TEXT, "serious concerns")
    assert quote.kind is AttributionKind.MIXED
    assert quote.topics == ("nato",)
    assert [(one.topic, one.term, one.rule) for one in quote.evidence] == [("nato", "NATO", "quote")]
    assert quote.evidence[0].span.of(SUMMIT_TEXT) == "NATO"
    assert quote.speaker is not None
    assert quote.speaker.members == ("Xi Jinping", "Vladimir Putin")
    assert quote.attribution.source[0].of(SUMMIT_TEXT) == "They"
    assert quote.attribution.cue[0].of(SUMMIT_TEXT) == "voiced"
    assert quote.attribution.content == (quote.span,)
    assert (quote.attribution.rule, quote.attribution.reason) == ("hand", "made by hand")
    assert [one.text for one in quote.attribution.chain] == ["They", "Xi Jinping and Vladimir Putin"]
    assert all(one.text == one.span.of(SUMMIT_TEXT) for one in quote.attribution.chain)
    assert quote.attribution.confidence == pytest.approx(0.61)
    assert (quote.article.slug, quote.article.publisher) == ("leaders-meet-in-beijing", "The Example")
    assert quote.clause.text == "They voiced “serious concerns"
    assert quote.sentence.text == "They voiced “serious concerns” about NATO."
    assert quote.before is not None
    assert quote.before.text.endswith("said in a joint statement.")
    assert quote.after is None


def test_every_excerpt_is_the_text_at_its_span(conn: Connection) -> None:
    add_article(conn, *summit())
    for quote in list_quotes(conn, EVERYTHING).items:
        for excerpt in (quote.clause, quote.sentence, quote.before, quote.after):
            assert excerpt is None or excerpt.text == excerpt.span.of(SUMMIT_TEXT)
        assert quote.text == quote.span.of(SUMMIT_TEXT)


def test_content_in_pieces_stays_in_pieces_and_in_order(conn: Connection) -> None:
    text = "“One,” she said, “two,” and then “three.”"
    said = say(text, "One,", "two,", "three.", speaker=person("Ann"), topics=("us", "energy", "nato"), source="she")
    add_article(conn, Article("T", text), make_analysis(text, said))
    page = list_quotes(conn, EVERYTHING)
    assert words_of(page) == ["One,", "two,", "three."]
    assert len({quote.attribution.id for quote in page.items}) == 1
    assert [span.of(text) for span in page.items[0].attribution.content] == ["One,", "two,", "three."]
    assert page.items[2].topics == page.items[2].attribution.topics == ("us", "energy", "nato")


def test_quotes_come_newest_article_first_then_as_they_stand_in_the_text(conn: Connection) -> None:
    for n in range(3):
        add_article(conn, *numbered(n, quotes=2))
    page = list_quotes(conn, EVERYTHING)
    assert words_of(page) == [f"Words {n}.{m} are here" for n in (2, 1, 0) for m in (0, 1)]
    assert page.next is None


def test_a_quote_is_found_by_its_id(conn: Connection) -> None:
    add_article(conn, *summit())
    for quote in list_quotes(conn, EVERYTHING).items:
        assert quote_by_id(conn, quote.id) == quote


def test_an_unknown_quote_is_not_found(conn: Connection) -> None:
    add_article(conn, *summit())
    with pytest.raises(NotFound, match="“aaaaaaaaaaaa”"):
        quote_by_id(conn, "aaaaaaaaaaaa")
    with pytest.raises(NotFound):
        list_quotes(conn, EVERYTHING, after="'; DROP TABLE quotes; --")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_holds_at_least_one_quote(conn: Connection, limit: int) -> None:
    with pytest.raises(AppError, match="at least 1"):
        list_quotes(conn, EVERYTHING, limit=limit)


def test_filters_combine(conn: Connection) -> None:
    add_article(conn, *summit())
    add_article(conn, *numbered(1, quotes=4))
    energy_by_xi = AttributionFilter(topic="energy", speaker="xi-jinping", kind="direct", article="report-1")
    assert words_of(list_quotes(conn, energy_by_xi)) == ["Words 1.0 are here", "Words 1.2 are here"]
    assert words_of(list_quotes(conn, AttributionFilter(topic="energy", kind="indirect"))) == ["the pipeline may wait"]
    assert words_of(list_quotes(conn, AttributionFilter(speaker=UNNAMED))) == ["It is a long war"]
    assert list_quotes(conn, AttributionFilter(topic="nato", article="report-1")).total == 0


@pytest.mark.parametrize(
    "chosen",
    [
        AttributionFilter(topic="nothing"),
        AttributionFilter(speaker="nobody"),
        AttributionFilter(kind="shouted"),
        AttributionFilter(article="nowhere"),
        AttributionFilter(topic="%", speaker="'", kind='"', article="😀"),
        AttributionFilter(topic=""),
    ],
)
def test_a_value_that_nothing_has_gives_an_empty_page(conn: Connection, chosen: AttributionFilter) -> None:
    add_article(conn, *summit())
    assert list_quotes(conn, chosen) == Page(0, (), None)


def test_no_speaker_gets_the_address_of_those_who_name_nobody(conn: Connection) -> None:
    text = "“Words” they said."
    add_article(conn, Article("T", text), make_analysis(text, say(text, "Words", speaker=person("Unnamed"))))
    assert list_quotes(conn, AttributionFilter(speaker=UNNAMED)).total == 0
    assert list_quotes(conn, AttributionFilter(speaker="unnamed-2")).total == 1


def test_the_same_name_of_another_kind_is_another_speaker(conn: Connection) -> None:
    text = "“One” and “two” they said."
    kinds = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
    said = [say(text, word, speaker=Speaker("Ford", kind)) for word, kind in zip(("One", "two"), kinds, strict=True)]
    add_article(conn, Article("T", text), make_analysis(text, *said))
    slugs = [quote.speaker.slug for quote in list_quotes(conn, EVERYTHING).items if quote.speaker]
    assert slugs == ["ford", "ford-2"]


def test_quotes_added_meanwhile_do_not_shift_the_pages(conn: Connection) -> None:
    for n in range(3):
        add_article(conn, *numbered(n, quotes=2))
    whole = words_of(list_quotes(conn, EVERYTHING))
    first = list_quotes(conn, EVERYTHING, limit=3)
    add_article(conn, *numbered(9, quotes=5))
    second = list_quotes(conn, EVERYTHING, limit=3, after=first.next)
    assert words_of(first) + words_of(second) == whole


@pytest.mark.parametrize("size", [1, 20, 60])
def test_a_list_takes_four_statements_however_long_it_is(engine: Engine, size: int) -> None:
    with engine.begin() as conn:
        for n in range(5):
            add_article(conn, *numbered(n, quotes=15))
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with engine.connect() as conn:
        first = list_quotes(conn, AttributionFilter(topic="energy"), limit=10)
        seen.clear()
        list_quotes(conn, AttributionFilter(topic="energy", kind="direct"), limit=size, after=first.next)
    assert len([statement for statement in seen if statement.lstrip().startswith("SELECT")]) <= 4


def test_more_quotes_than_one_statement_may_carry_come_whole(conn: Connection) -> None:
    add_article(conn, *numbered(1, quotes=2_500))
    quotes = list_quotes(conn, EVERYTHING, limit=10_000).items
    assert len(quotes) == 2_500
    assert all(quote.topics == ("energy",) and quote.attribution.content == (quote.span,) for quote in quotes)


Library = Sequence[Sequence[tuple[int, int, str, int | None]]]

# Few places, so that quotes often begin together and often have the same words.
quote_plans = st.tuples(
    st.integers(0, 6), st.integers(1, 3), st.sampled_from([topic.id for topic in TOPICS]), st.sampled_from([0, 1, None])
)
libraries = st.lists(st.lists(quote_plans, max_size=7), max_size=4)
filters = st.builds(
    AttributionFilter,
    topic=st.sampled_from([None, "energy", "nato"]),
    speaker=st.sampled_from([None, "ann", UNNAMED]),
    kind=st.sampled_from([None, "direct", "indirect"]),
    article=st.sampled_from([None, "t", "t-2"]),
)


def fill(conn: Connection, library: Library) -> None:
    for number, plans in enumerate(library):
        text = f"aaaaaaaaaa {number}"
        said = [
            say(
                text,
                TextSpan(start, start + length),
                topics=(topic,),
                speaker=None if who is None else person(("Ann", "Bob")[who]),
                kind=AttributionKind.INDIRECT if who else AttributionKind.DIRECT,
            )
            for start, length, topic, who in plans
        ]
        add_article(conn, Article("T", text), make_analysis(text, *said))


@SHARED
@given(library=libraries, chosen=filters, limit=st.integers(1, 5))
def test_walking_the_pages_gives_exactly_the_whole_list(
    engine: Engine, library: Library, chosen: AttributionFilter, limit: int
) -> None:
    with engine.connect() as conn:
        fill(conn, library)
        whole = list_quotes(conn, chosen, limit=1_000)
        assert walk(conn, chosen, limit) == [quote.id for quote in whole.items]
        assert whole.total == len(whole.items) == len({quote.id for quote in whole.items})
        conn.rollback()
