"""Every expected figure is worked out by hand."""

from __future__ import annotations

import pytest

from app.nlp.scoring.attributions import LabelledArticle, Spans, count_article, judged
from app.nlp.scoring.report import Report, intervals, report, total
from tests.nlp.scoring.marked import ARTICLE, GOLD, TEXT, at, spans


def figures(*found: Spans, article: LabelledArticle = ARTICLE) -> Report:
    return report(count_article(article, found))


def test_the_gold_itself_is_right_in_every_figure() -> None:
    found = figures(*GOLD)
    for block in ("quotes", "joint"):
        assert [one["f1"] for one in found[block]["exact"].values()] == [1.0] * 4
    assert found["stretch"]["any"]["with_speaker"]["f1"] == found["quotes"]["chars"]["all"]["f1"] == 1.0
    assert (found["stretch"]["any"]["outside"], found["stretch"]["long"]["found"]["gold"]) == (1, 1)
    assert found["source"]["exact"] == {**found["source"]["exact"], "n": 3, "overlap": 1.0, "exact": 1.0, "name": 1.0}


def test_no_predictions_have_no_recall_and_break_nothing() -> None:
    found = figures()
    assert found["joint"]["iou30"]["all"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "pred": 0, "gold": 3, "tp": 0}
    assert found["source"]["iou30"]["overlap"] is None


def test_edges_count_by_their_letters() -> None:
    # 18 of 20 letters.
    found = figures(spans(TEXT, "will not wait for rain", "Odell"))
    assert found["joint"]["exact"]["direct"]["tp"] == 0
    assert found["joint"]["iou80"]["direct"]["tp"] == found["joint"]["iou30"]["direct"]["tp"] == 1


def test_a_wrong_source_counts_for_quotes_and_not_for_joint() -> None:
    found = figures(spans(TEXT, "We will not wait for rain,", "Tom Brandt"))
    assert (found["quotes"]["iou30"]["all"]["tp"], found["joint"]["iou30"]["all"]["tp"]) == (1, 0)
    assert found["stretch"]["long"]["with_speaker"]["tp"] == 0
    assert found["stretch"]["long"]["speaker_accuracy"] == 0.0


def test_kinds_are_taken_from_the_marks_on_either_side() -> None:
    found = figures(spans(TEXT, "dead on arrival", "Tom Brandt"))
    # 13 of 27 letters: the gold is mixed, what was found is direct.
    assert found["quotes"]["iou30"]["mixed"]["tp"] == 1
    assert found["quotes"]["iou30"]["mixed"]["pred"] == 0
    assert found["quotes"]["iou30"]["direct"]["p"] == 1.0


def test_pairs_are_one_to_one_and_the_closest_wins() -> None:
    near, far = spans(TEXT, "that wind will come", "Lea"), spans(TEXT, "wind will come", "Tom Brandt")
    assert figures(far, near)["joint"]["exact"]["all"]["tp"] == 1
    assert figures(far, near)["quotes"]["iou30"]["all"]["p"] == 0.5


def test_a_title_that_is_given_to_somebody_is_a_false_alarm() -> None:
    found = figures(spans(TEXT, "Gone To The Green Hills", "Lea"))
    assert found["stretch"]["any"]["found"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "pred": 1, "gold": 2, "tp": 0}


def test_what_lies_in_an_ignored_span_counts_for_nothing() -> None:
    article = LabelledArticle("a", TEXT, GOLD, ignore=[at(TEXT, "The film “Gone To The Green Hills” opened.")])
    found = figures(spans(TEXT, "Gone To The Green Hills", "Lea"), article=article)
    assert found["quotes"]["exact"]["all"]["pred"] == found["stretch"]["any"]["outside"] == 0


def test_a_resolved_name_helps_the_lenient_check_alone() -> None:
    pronoun = Spans([at(TEXT, "We will not wait for rain,")], [at(TEXT, "Lea")], speaker="Nia Odell")
    found = figures(pronoun)["source"]["iou30"]
    assert (found["overlap"], found["name"]) == (0.0, 1.0)


def test_gold_without_a_source_wants_none() -> None:
    article = LabelledArticle("a", TEXT, [spans(TEXT, "that wind will come")])
    right, wrong = spans(TEXT, "that wind will come"), spans(TEXT, "that wind will come", "Lea")
    assert figures(right, article=article)["source"]["exact"]["no_source_right"] == 1.0
    assert figures(wrong, article=article)["joint"]["exact"]["all"]["tp"] == 0


def test_counts_add_up_over_articles() -> None:
    counts = [count_article(ARTICLE, GOLD), count_article(ARTICLE, [])]
    assert report(total(counts))["joint"]["exact"]["all"]["r"] == 0.5


def test_the_interval_of_articles_that_are_alike_is_a_point() -> None:
    counts = [count_article(ARTICLE, GOLD[:1])] * 4
    for low, high in intervals(counts, 20).values():
        assert low == high
    low, high = intervals([count_article(ARTICLE, GOLD), count_article(ARTICLE, [])], 200)["joint iou80 f1"]
    assert (low, high) == (0.0, 1.0)


def test_a_confidence_is_judged_by_content_and_source() -> None:
    found = [
        spans(TEXT, "We will not wait", "Nia Odell", sure=0.9),
        spans(TEXT, "that wind will come", "Tom Brandt", sure=0.4),
        spans(TEXT, "opened", "Lea"),
    ]
    assert judged(ARTICLE, found) == [(0.9, True), (0.4, False)]


@pytest.mark.parametrize("text", ["", " \n", "“”", "x"])
def test_a_text_with_nothing_in_it_has_figures(text: str) -> None:
    assert figures(article=LabelledArticle("a", text, ()))["joint"]["iou80"]["all"]["f1"] == 0.0
