from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from app.domain import Article, AttributionKind, Speaker, SpeakerKind
from app.errors import QueryError
from app.store.articles import add_article
from app.store.schema import quotes
from app.store.search import matching, parse, ranked, read_query
from tests.factories import group, make_analysis, person, say, summit
from tests.store.searching import every_quote, found_by, matches

ENERGY = "We will build a closer energy partnership"
CONCERNS, WAIT, WAR = "serious concerns", "the pipeline may wait", "It is a long war"


@pytest.fixture
def talks(conn: Connection) -> Connection:
    add_article(conn, *summit())
    return conn


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("partnership", [ENERGY]),
        ("PARTNERSHIP énergy", [ENERGY]),
        ("energy partnership -nato", [ENERGY]),
        ('"energy partnership"', [ENERGY]),
        ('"partnership energy"', []),
        ("partner*", [ENERGY]),
        ('"closer ener*"', [ENERGY]),
        ("partner", []),
        ("putin", [ENERGY, CONCERNS]),
        ("speaker:putin", [ENERGY, CONCERNS]),
        ('speaker:"vladimir putin"', [ENERGY, CONCERNS]),
        ('speaker:"putin xi"', []),
        ("speaker:they", [CONCERNS]),
        ("speaker:partnership", []),
        ("beijing", [ENERGY, CONCERNS, WAIT, WAR]),
        ("title:beijing war", [WAR]),
        ("title:war", []),
        ("leaders -putin", [WAIT, WAR]),
        ("war OR pipeline", [WAIT, WAR]),
        ("speaker:putin OR war title:meet", [ENERGY, CONCERNS, WAR]),
        ("topic:energy", [ENERGY, WAIT]),
        ("topic:Energy putin", [ENERGY]),
        ("topic:nato OR topic:ukraine", [CONCERNS, WAR]),
        ('topic:"Energy" -partnership', [WAIT]),
        ("beijing -topic:energy", [CONCERNS, WAR]),
        ("experts say", [WAIT]),
        ("surprised", []),
    ],
)
def test_quotes_are_found_by_the_words_of_quote_clause_speaker_and_title(
    talks: Connection, query: str, found: list[str]
) -> None:
    assert found_by(talks, query) == found


@pytest.mark.parametrize(
    ("text", "words", "queries"),
    [
        ("“能源合作很重要,” Wang Yi said.", "能源合作很重要", ("能源", "合作 重要", '"源合"', "能源*")),
        ("“O’Brien’s plan,” he said.", "O’Brien’s plan", ("O'Brien", "o’brien's", "brien")),
        ("“A cease‑fire now,” he said.", "A cease‑fire now", ("cease-fire", '"cease fire"', "cease")),
        ("“السَّلام عليكم,” he said.", "السَّلام عليكم", ("السلام", "سلام OR عليكم")),
        ("“The U.S. must act,” he said.", "The U.S. must act", ("U.S.", "US", "u.s")),
        ("“Erdog\u0306an came,” he said.", "Erdog\u0306an came", ("Erdoğan", "erdogan", "ERDOGAN")),
        ("“50% off \\ 'x' & (y)^2,” he said.", "50% off \\ 'x' & (y)^2", ("50%", "'x'", "(y)", "\\ off")),
    ],
)
def test_words_of_every_script_are_found(conn: Connection, text: str, words: str, queries: tuple[str, ...]) -> None:
    add_article(conn, Article("Report", text), make_analysis(text, say(text, words)))
    for query in queries:
        assert found_by(conn, query) == [words], query


def test_a_very_long_quote_is_found_by_its_last_words(conn: Connection) -> None:
    words = " ".join(f"word{n}" for n in range(30_000))
    text = f"“{words},” Ann said."
    add_article(conn, Article("Long", text), make_analysis(text, say(text, words, speaker=person("Ann"))))
    assert len(matching(conn, parse("word29999 word0 speaker:ann title:long"))) == 1


def test_the_best_are_those_with_the_words_in_the_quote_and_as_good_ones_are_newest_first(conn: Connection) -> None:
    for number, said in enumerate(("nothing much", "gas", "nothing much", "gas")):
        text = f"“{said},” Ann {number} said about gas in {number}."
        one = say(text, said, cue=f"about gas in {number}")
        add_article(conn, Article(f"Report {number}", text), make_analysis(text, one))
    query = parse("gas")
    ids = matching(conn, query)
    assert ranked(conn, query, ids).tolist() == [ids[3], ids[1], ids[2], ids[0]]
    assert ranked(conn, query, ids, 1).tolist() == [ids[3]]
    assert ranked(conn, query, ids[:2]).tolist() == [ids[1], ids[0]]
    assert ranked(conn, query, ids[:0]).tolist() == []


def test_of_very_many_those_with_the_words_in_the_quote_are_weighed_and_the_others_follow_newest_first(
    conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.search.WEIGHED", 2)
    for number, said in enumerate(("gas", "gas and much else besides", "gas", "nothing", "nothing")):
        text = f"“{said},” Ann said about gas in {number}."
        one = say(text, said, cue=f"about gas in {number}")
        add_article(conn, Article(f"Report {number}", text), make_analysis(text, one))
    query = parse("gas")
    ids = matching(conn, query)
    assert ranked(conn, query, ids).tolist() == [ids[key] for key in (2, 1, 4, 3, 0)]
    assert ranked(conn, query, ids, 3).tolist() == [ids[key] for key in (2, 1, 4)]
    assert ranked(conn, query, ids, 1).tolist() == [ids[2]]
    assert ranked(conn, query, ids[2:]).tolist() == [ids[key] for key in (2, 4, 3)]


def test_topics_alone_are_newest_first(talks: Connection) -> None:
    query = parse("topic:energy")
    ids = matching(talks, query)
    assert ranked(talks, query, ids, 5).tolist() == ids[::-1].tolist()


def test_an_unknown_topic_is_explained_with_those_there_are(talks: Connection) -> None:
    sentence = r"There is no topic “fish”\. There are Energy, NATO, Ukraine, United States, Other\."
    for query in ("topic:fish", "war -topic:fish", "topic:energy OR topic:fish"):
        with pytest.raises(QueryError, match=sentence):
            read_query(talks, query)
        with pytest.raises(QueryError, match=sentence):
            matching(talks, parse(query))
    assert read_query(talks, 'topic:"united states"') == parse('topic:"united states"')


WORDS = st.sampled_from("gas oil Öl O’Neil U.S. 能源 gas-price Gasprom the, it. سَلام x 12".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
NAMES = st.sampled_from(("Ann O’Neil", "Gas Oil", "能源", "The U.S."))
SPEAKERS = st.one_of(st.none(), NAMES.map(person), st.tuples(NAMES, NAMES).map(lambda both: group(*both)))
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, SPEAKERS, st.sampled_from(("energy", "nato"))), max_size=4)
TERMS = st.one_of(
    st.sampled_from(
        "gas oil ol OL o'neil neil us 能 能源 源 gas-price pri* ga* سلام 12 1* -gas -oil -能 OR NOT".split()
    ),
    st.sampled_from('"gas oil" "the ga*" -"gas oil" "源 gas" speaker:gas speaker:us title:gas -title:oil'.split(" ")),
    st.sampled_from(('speaker:"ann o\'neil"', 'speaker:"oil ann"', "speaker:ne*", '"oil the"', "topic:energy")),
    st.sampled_from(("topic:nato", "-topic:nato", "topic:energy OR topic:nato", "gas OR speaker:neil")),
)
QUERIES = st.lists(st.lists(TERMS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)


@given(ARTICLES, QUERIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_index_finds_what_reading_every_quote_finds(engine: Engine, made: list[tuple], asked: list[str]) -> None:  # type: ignore[type-arg]
    with engine.connect() as conn:
        for number, (title, source, said, behind, speaker, topic) in enumerate(made):
            text = f"{source} said {said} {behind} {number}"
            cue = f"{behind} {number}"
            kind = AttributionKind.INDIRECT
            one = say(text, said, speaker=speaker, source=source, cue=cue, topics=(topic,), kind=kind)
            add_article(conn, Article(title, text), make_analysis(text, one))
        seen = every_quote(conn)
        for text in asked:
            try:
                query = parse(text)
            except QueryError:
                continue
            found = matching(conn, query).tolist()
            assert found == sorted(key for key, one in seen.items() if matches(query, one)), str(query)
            assert set(ranked(conn, query, matching(conn, query))) == set(found)


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_has_a_meaning_can_be_asked(engine: Engine, text: str) -> None:
    with engine.connect() as conn:
        try:
            query = read_query(conn, text)
        except QueryError:
            return
        assert matching(conn, query).tolist() == []


def test_quotes_that_name_nobody_are_found_by_the_words_of_the_source(conn: Connection) -> None:
    text = "“No,” one diplomat said."
    one = say(text, "No", source="one diplomat", speaker=Speaker("one diplomat", SpeakerKind.UNRESOLVED))
    add_article(conn, Article("Report", text), make_analysis(text, one))
    assert found_by(conn, "speaker:diplomat") == ["No"]
    assert found_by(conn, 'speaker:"diplomat one"') == []
    assert conn.scalars(select(quotes.c.id)).all()
