import struct

import pytest

from app.domain import ParagraphKind
from app.text.docx import html_of
from tests.text.making import docx, held, p, read, refusal, words

H, B = ParagraphKind.HEADING, ParagraphKind.BODY
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
COMMENTS = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
BODY = p("Joint Statement", "Heading1") + p("We, the leaders, met &amp; spoke.") + p("“Never,” she said.")


def test_headings_and_paragraphs_stay_what_they_are() -> None:
    data = docx(BODY, more={"word/styles.xml": STYLES})
    document = read(data)
    assert words(document) == [(H, "Joint Statement"), (B, "We, the leaders, met & spoke."), (B, "“Never,” she said.")]
    assert document.article.title == "Joint Statement"
    held(document, html_of(data))


def test_the_rows_of_a_table_are_paragraphs() -> None:
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("Norland", "41 percent"))
    assert (B, "Norland\t41 percent") in words(read(docx(p("Shares follow.") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))


def test_facts_are_taken_where_they_are_sensible() -> None:
    core = (
        "<cp:coreProperties><dc:title>Statement &amp; Annex</dc:title><dc:creator>Ann Klein</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-05-16T09:00:00Z</dcterms:created></cp:coreProperties>'
    )
    article = read(docx(BODY, more={"docProps/core.xml": core})).article
    assert (article.title, article.byline, str(article.date)) == ("Statement & Annex", "Ann Klein", "2024-05-16")
    core = core.replace("Statement &amp; Annex", "draft2.docx").replace("Ann Klein", "Microsoft Office User")
    article = read(docx(BODY, more={"docProps/core.xml": core, "word/styles.xml": STYLES})).article
    assert (article.title, article.byline) == ("Joint Statement", None)


def test_tracked_changes_and_comments_are_told_of() -> None:
    body = '<w:p><w:ins w:id="1"><w:r><w:t>Added words here.</w:t></w:r></w:ins></w:p>'
    document = read(docx(body, more={"word/comments.xml": COMMENTS}))
    assert document.article.text == "Added words here."
    assert len(document.notes) == 2


def test_an_empty_document_says_so() -> None:
    assert refusal(docx("")) == "This Word file has no text: if it holds pictures of pages, run OCR first."


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!ENTITY a "b">', "<!doctype a [<!ENTITY lol 'lol'>]>"])
def test_xml_that_declares_entities_is_refused_before_it_is_parsed(declaration: str) -> None:
    assert "declares entities" in refusal(docx(BODY, more={"word/footnotes.xml": declaration + "<a/>"}))
    assert "declares entities" in refusal(docx(BODY, more={"word/footnotes.xml": declaration.encode("utf-16")}))


def test_a_bomb_is_refused_whatever_it_says_of_its_size() -> None:
    bomb = docx(BODY, more={"word/media/a.bin": b"\0" * 30_000_000})
    assert "beyond all measure" in refusal(bomb)
    lying = bytearray(bomb)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = lying.rindex(mark)
        struct.pack_into("<I", lying, place + at, 100)
    assert "This Word file" in refusal(bytes(lying))


def test_too_many_parts_are_refused() -> None:
    assert "3,003 parts" in refusal(docx(BODY, more={f"word/a{n}.bin": b"" for n in range(3_000)}))


def test_a_locked_part_is_told_of() -> None:
    data = bytearray(docx(BODY))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "locked with a password" in refusal(bytes(data))


@pytest.mark.parametrize("keep", [100, 400, 700])
def test_a_cut_file_is_refused_with_a_sentence(keep: int) -> None:
    data = docx(BODY)
    assert "damaged" in refusal(data[:keep] + b"word/document.xml")


def test_xml_that_breaks_off_is_refused_with_a_sentence() -> None:
    assert "damaged" in refusal(docx(BODY, more={"word/document.xml": "<w:document><w:body>"}))


def test_xml_nested_without_end_is_refused_with_a_sentence() -> None:
    assert "Word file" in refusal(docx("<w:sdt><w:sdtContent>" * 30_000 + "</w:sdtContent></w:sdt>" * 30_000))
