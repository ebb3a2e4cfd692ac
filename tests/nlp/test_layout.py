from spacy.tokens import Doc

from app.nlp.keys import HEADINGS_KEY, PARAGRAPHS_KEY
from app.nlp.layout import Layout
from tests.nlp.docs import VOCAB

GLUED = (
    "It/PRP ended/VBD ./. New/JJ world/NN order/NN against/IN the/DT US/NNP Experts/NNS say/VBP "
    "that/IN it/PRP holds/VBZ ./."
)


def laid_out(tagged: str, *, glued_line: int = 10) -> Doc:
    pairs = [pair.rsplit("/", 1) for pair in tagged.split()]
    doc = Doc(VOCAB, words=[word.replace("¶", "\n") for word, _ in pairs], tags=[tag for _, tag in pairs])
    return Layout("layout", paragraphs_key=PARAGRAPHS_KEY, spans_key=HEADINGS_KEY, glued_line=glued_line)(doc)


def headings(doc: Doc) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in doc.spans[HEADINGS_KEY]]


def test_a_heading_glued_to_its_sentence_is_cut_off_it() -> None:
    doc = laid_out(GLUED)
    assert headings(doc) == [("heading", "New world order against the US")]
    assert doc[9].text == "Experts"
    assert doc[9].is_sent_start


def test_a_short_line_is_not_searched_for_glued_headings() -> None:
    assert headings(laid_out(GLUED, glued_line=800)) == []


def test_a_capital_in_a_sentence_with_a_verb_before_it_is_no_heading() -> None:
    assert (
        headings(laid_out("The/DT new/JJ order/NN holds/VBZ in/IN the/DT US/NNP Experts/NNS say/VBP so/RB ./.")) == []
    )


def test_a_name_after_a_preposition_is_no_heading() -> None:
    text = "Writing/VBG last/JJ week/NN in/IN The/DT Guardian/NNP he/PRP said/VBD so/RB ./."
    assert headings(laid_out(text)) == []


def test_a_dateline_is_cut_off() -> None:
    text = "CNNHong/NNP Kong/NNP CNN/NNP —/: Chinese/JJ leader/NN Xi/NNP spoke/VBD ./."
    assert headings(laid_out(text)) == [("dateline", "CNNHong Kong CNN —")]
    text = "QINGDAO,/NNP China/NNP (Reuters)/NNP -/: Xi/NNP spoke/VBD ./."
    assert headings(laid_out(text))[0][1].startswith("QINGDAO")


def test_a_dash_in_a_sentence_makes_no_dateline() -> None:
    assert headings(laid_out("China/NNP spoke/VBD —/: and/CC NATO/NNP answered/VBD ./.")) == []


def test_lines_start_sentences_of_their_own() -> None:
    doc = laid_out("He/PRP spoke/VBD ¶/_SP They/PRP answered/VBD")
    assert [token.text for token in doc if token.is_sent_start] == ["He", "\n", "They"]
    assert [span.text for span in doc.spans[PARAGRAPHS_KEY]] == ["He spoke", "They answered"]
