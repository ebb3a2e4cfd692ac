from app.domain import AttributionKind, SpeakerKind
from app.present.chart_data import count_note, speaker_bars, topic_bars
from app.store.rows import SpeakerCount, SpeakerRow, TopicCount, TopicSpeakerCount
from tests.factories import TOPICS


def speaker(name: str) -> SpeakerRow:
    return SpeakerRow(name.lower(), name, SpeakerKind.PERSON, ())


def href(slug: str, kind: AttributionKind | None) -> str:
    return f"/{slug}/{kind.value if kind else ''}"


def test_a_bar_is_stacked_by_the_kinds_that_there_are() -> None:
    rows = [SpeakerCount(speaker("Xi"), 2, 0, 1), SpeakerCount(None, 1, 0, 0)]
    chart = speaker_bars("who", "Who", rows, href)
    assert [series.key for series in chart.series] == ["direct", "indirect"]
    xi, nobody = chart.bars
    assert [(part.series, part.count, part.href) for part in xi.parts] == [
        ("direct", 2, "/xi/direct"),
        ("indirect", 1, "/xi/indirect"),
    ]
    assert (xi.total, xi.note, xi.href) == (3, "2 + 1 indirect", "/xi/")
    assert (nobody.label, nobody.href) == ("Nobody named", "/unnamed/")
    assert chart.longest == 3


def test_many_speakers_end_in_a_count_of_the_others_and_none_is_lost() -> None:
    rows = [SpeakerCount(speaker(f"S{n}"), 20 - n, 0, 0) for n in range(20)]
    chart = speaker_bars("who", "Who", rows, href, most=5)
    assert len(chart.bars) == 4
    assert chart.rest is not None
    assert chart.rest.label == "16 others"
    assert sum(bar.total for bar in chart.rows) == sum(row.direct for row in rows)


def test_topics_are_stacked_by_the_seven_most_quoted_and_the_others() -> None:
    cells = [TopicSpeakerCount("energy", speaker(f"S{n}"), 10 - n, 0) for n in range(9)]
    cells += [TopicSpeakerCount("nato", speaker("S0"), 1, 0), TopicSpeakerCount("nato", None, 2, 0)]
    rows = [TopicCount(TOPICS[0], 54, 0), TopicCount(TOPICS[1], 3, 1)]
    chart = topic_bars("topics", "Topics", rows, cells, lambda topic, slug: f"/{topic}?{slug}")
    assert [series.label for series in chart.series] == [*(f"S{n}" for n in range(7)), "Others"]
    energy, nato = chart.bars
    assert [part.count for part in energy.parts] == [10, 9, 8, 7, 6, 5, 4, 5]
    assert [(part.series, part.count, part.href) for part in nato.parts] == [
        ("s0", 1, "/nato?s0"),
        ("", 2, "/nato?None"),
    ]
    assert nato.note == "3 + 1 indirect"


def test_a_chart_of_nothing_has_no_bars() -> None:
    chart = speaker_bars("who", "Who", [], href)
    assert (chart.bars, chart.series, chart.longest) == ((), (), 1)


def test_counts_are_said_in_few_words() -> None:
    assert [count_note(4, 0), count_note(4, 1), count_note(0, 2)] == ["4", "4 + 1 indirect", "2 indirect"]
