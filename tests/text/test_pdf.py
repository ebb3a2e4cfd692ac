import io
import logging
import warnings

import pytest

from app.domain import ParagraphKind
from app.text.pdf import page_texts
from tests.text.making import held, lines_of, pdf, read, refusal, words

H, B = ParagraphKind.HEADING, ParagraphKind.BODY
STORY = lines_of(
    "The leaders of Norland and Sudovia met in Halden on Thursday and dis-",
    "cussed the many questions of trade that had been left open for a very",
    "long time by the self-",
    "appointed ministers.",
)


def test_lines_become_paragraphs_and_parted_words_become_whole() -> None:
    data = pdf([(72, 760, 18, "Joint Statement"), *STORY, *lines_of("They agreed on “fish”.", top=640)])
    document = read(data)
    assert words(document) == [
        (H, "Joint Statement"),
        (
            B,
            "The leaders of Norland and Sudovia met in Halden on Thursday and discussed the many questions of trade "
            "that had been left open for a very long time by the self-appointed ministers.",
        ),
        (B, "They agreed on “fish”."),
    ]
    assert document.article.title == "Joint Statement"
    held(document, page_texts(data, max_characters=10_000))


def test_each_piece_of_the_map_names_its_page_and_what_was_done() -> None:
    data = pdf(STORY, lines_of("A second page.", "With two lines that are somewhat longer than that."))
    pieces = read(data).sources
    assert {piece.page for piece in pieces} == {1, 2}
    assert {piece.change for piece in pieces} == {"", "joined", "hyphen"}
    texts = page_texts(data, max_characters=10_000)
    (whole,) = [piece for piece in pieces if piece.change == "hyphen"]
    assert whole.source.of(texts[0]) == "dis-\ncussed"


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first = lines_of(
        "The leaders of Norland and Sudovia met in Halden on Thursday and spoke",
        "about the price of the grain that they had not yet bought, which went",
    )
    found = words(read(pdf(first, lines_of("on for hours."))))
    assert len(found) == 1
    assert found[0][1].endswith("which went on for hours.")


def test_heads_feet_and_numbers_of_pages_are_left_out_with_a_note() -> None:
    pages = [
        [(72, 780, 9, "Halden Summit Papers"), *lines_of(f"Words of {name} told here."), (300, 30, 9, f"Page {n} of 3")]
        for n, name in enumerate(("Ann", "Bo", "Cleo"), start=1)
    ]
    document = read(pdf(*pages))
    assert [text for _, text in words(document)] == [f"Words of {name} told here." for name in ("Ann", "Bo", "Cleo")]
    assert document.notes == ("6 lines were left out as heads, feet and numbers of pages.",)


def test_what_stands_once_at_the_top_of_a_page_stays() -> None:
    pages = [lines_of(f"{name} opens this page.", f"And {name} closes it.") for name in ("Ann", "Bo", "Cleo")]
    document = read(pdf(*pages))
    assert document.article.text.count("opens this page.") == 3
    assert document.notes == ()


def test_items_and_turns_begin_paragraphs() -> None:
    found = words(
        read(pdf(lines_of("• We condemn the war in the north.", "• We call for peace.", "KLEIN: What then?")))
    )
    assert [kind for kind, _ in found] == [ParagraphKind.LIST, ParagraphKind.LIST, ParagraphKind.TURN]


def test_facts_are_taken_where_they_are_sensible() -> None:
    info = b"/Title (Statement on Fish) /Author (Ann Klein) /CreationDate (D:20240516093000Z)"
    article = read(pdf(STORY, info=info)).article
    assert (article.title, article.byline, str(article.date)) == ("Statement on Fish", "Ann Klein", "2024-05-16")
    info = b"/Title (Microsoft Word - doc1.docx) /Author (user) /CreationDate (D:20249999)"
    article = read(pdf([(72, 760, 18, "On Fish"), *STORY], info=info)).article
    assert (article.title, article.byline, article.date) == ("On Fish", None, None)


def test_pages_of_images_are_named_in_a_note() -> None:
    assert read(pdf(STORY, [], [])).notes == ("Pages 2, 3 have no text: run OCR if they hold images of it.",)
    assert refusal(pdf([], [])) == "This PDF holds only images: run OCR first."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_locked_pdf_says_that_it_is(algorithm: str) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import DependencyError

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(STORY))))
    out = io.BytesIO()
    try:
        writer.encrypt("secret", algorithm=algorithm)
        writer.write(out)
        data = out.getvalue()
    except DependencyError:  # the package for AES is not there, so the dictionary is written by hand
        keys = b"/O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b")"
        method = b"/CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> /StmF /StdCF /StrF /StdCF "
        locked = b"/ID [(a) (a)] /Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 " + method + keys + b" >> "
        data = pdf(STORY, extra=locked)
    assert refusal(data) == "This PDF is locked with a password: save a copy without one."


def test_a_pdf_with_an_empty_password_opens() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(STORY))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert read(out.getvalue()).article.text.startswith("The leaders of Norland")


@pytest.mark.parametrize("cut", [20, 200, 400, 600])
def test_a_cut_pdf_is_refused_with_a_sentence_and_without_noise(cut: int, caplog: pytest.LogCaptureFixture) -> None:
    data = pdf(STORY)
    with caplog.at_level(logging.WARNING), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refusal(data[:cut]).startswith("This PDF")
    assert not caplog.records


def test_a_pdf_far_too_long_is_refused() -> None:
    assert "far longer than the 10 characters" in refusal(pdf(STORY), most=10)


def test_references_in_print_stay_as_they_are() -> None:
    words_in_print = "They wrote &amp; twice in their programme."
    assert read(pdf(lines_of(words_in_print))).article.text == words_in_print
