"""REFI-QDA code books: ours as other programs expect them, and theirs as we take them."""

import re
from xml.etree import ElementTree

import pytest

from app.codebook import CodeBookError, export_qdc, import_qdc
from app.codebook.qdc_reading import COLOURS, is_xml
from app.domain import OTHER, Topic

TOPICS = (
    Topic("energy", "Energy & <oil>", "Oil and gas.", "#b45309", ("crude oil", "gas"), ("a; b",)),
    Topic("nato", "ΝΑΤΟ “alliance”", "", "#1d4ed8", patterns=('[{"LEMMA":"ally"}]', '[{"LOWER":"pact"}]')),
)
NAMESPACE = "{urn:QDA-XML:codebook:1.0}"
GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


def codebook(codes: str, root: str = 'xmlns="urn:QDA-XML:codebook:1.0" origin="Another"') -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><CodeBook {root}><Codes>{codes}</Codes></CodeBook>'.encode()


def test_what_is_exported_keeps_to_the_schema() -> None:
    root = ElementTree.fromstring(export_qdc(TOPICS))
    assert (root.tag, set(root.attrib)) == (f"{NAMESPACE}CodeBook", {"origin"})
    assert [child.tag for child in root] == [f"{NAMESPACE}Codes"]
    for code in root[0]:
        assert code.tag == f"{NAMESPACE}Code"
        assert set(code.attrib) == {"guid", "name", "isCodable", "color"}
        assert re.fullmatch(GUID, code.attrib["guid"])
        assert code.attrib["isCodable"] == "true"
        assert re.fullmatch(r"#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})", code.attrib["color"])
        assert [child.tag for child in code] == [f"{NAMESPACE}Description"]
        assert not code[0].attrib
        assert not len(code[0])


def test_a_code_reads_well_in_another_program() -> None:
    first = ElementTree.fromstring(export_qdc(TOPICS))[0][0]
    assert first.attrib["name"] == "Energy & <oil>"
    assert first[0].text == 'Oil and gas.\n\nId: energy\nTerms: crude oil; gas\nNames: "a; b"'


def test_a_topic_is_the_same_code_at_every_export_whatever_its_label() -> None:
    renamed = Topic("energy", "Power", "", "#000000")
    codes = [ElementTree.fromstring(export_qdc([topic]))[0][0] for topic in (TOPICS[0], renamed, TOPICS[1])]
    first, second, third = (code.attrib["guid"] for code in codes)
    assert first == second == "91196c21-3bd3-505d-b73e-c24d309b24bf"
    assert first != third


def test_other_is_never_exported_and_a_book_of_nothing_is_refused() -> None:
    with pytest.raises(CodeBookError, match="There is no topic to export"):
        export_qdc([Topic(OTHER, "Other", "", "#6b7280")])


def test_codes_of_another_program_become_topics_by_their_names() -> None:
    data = codebook(
        '<Code guid="1" name="Energy Policy" isCodable="true" color="#A0f"><Description> What it is </Description>'
        '<Code guid="2" name="Öl &amp; Gas" isCodable="true" color="#123456"/></Code>'
        '<Code guid="3" name="Other" isCodable="true" color="blue"/><Code guid="4" name="能源" isCodable="1"/>'
        '<Code guid="5" name="energy policy" isCodable="true"/><Code guid="6" name="!?" isCodable="true"/>'
    )
    assert import_qdc(data) == (
        Topic("energy-policy", "Energy Policy", "What it is", "#AA00ff", ("energy policy",)),
        Topic("ol-gas", "Öl & Gas", "", "#123456", ("öl & gas",)),
        Topic("other-2", "Other", "", COLOURS[0], ("other",)),
        Topic("neng-yuan", "能源", "", COLOURS[1], ("能源",)),
        Topic("energy-policy-2", "energy policy", "", COLOURS[2], ("energy policy",)),
        Topic("topic", "!?", "", COLOURS[3], ("!?",)),
    )


def test_a_folder_of_codes_is_no_topic() -> None:
    data = codebook(
        '<Code guid="1" name="Themes" isCodable="false"><Code guid="2" name="Trade" isCodable="true"/></Code>'
        '<Code guid="3" name="Empty" isCodable="false"/>'
    )
    assert [topic.id for topic in import_qdc(data)] == ["trade", "empty"]


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1:0", "urn:QDA-XML:project:1.0", "http://example.org/x"])
def test_names_count_without_their_namespace(namespace: str) -> None:
    data = f'<q:CodeBook xmlns:q="{namespace}"><q:Codes><q:Code name="A"><q:Description>D</q:Description></q:Code>'
    (topic,) = import_qdc(f"{data}</q:Codes></q:CodeBook>".encode())
    assert (topic.id, topic.description) == ("a", "D")
    assert import_qdc(codebook('<Code name="A"/>', root=""))[0].id == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_book_in_another_encoding_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<CodeBook><Codes><Code name="Ölpreis"/></Codes></CodeBook>'
    data = text.encode(encoding)
    assert is_xml(data)
    assert import_qdc(data)[0].label == "Ölpreis"


def test_sets_and_what_belongs_to_them_are_passed_over() -> None:
    data = codebook('<Code name="A"><Description>Of A</Description></Code>').replace(
        b"</Codes>", b'</Codes><Sets><Set name="S"><Description>Of S</Description><MemberCode guid="1"/></Set></Sets>'
    )
    assert [(topic.label, topic.description) for topic in import_qdc(data)] == [("A", "Of A")]


def test_a_name_that_is_too_long_is_cut_and_kept_in_the_description() -> None:
    name = "Energy " * 13
    (topic,) = import_qdc(codebook(f'<Code name="{name}"><Description>D</Description></Code>'))
    assert (len(topic.label), topic.label[-1]) == (80, "…")
    assert topic.description == f"{name.strip()}\n\nD"
    assert topic.terms == ()
    assert len(topic.id) <= 64


def test_lists_that_a_person_wrote_into_a_description_are_read() -> None:
    (topic,) = import_qdc(
        codebook(
            '<Code name="Gas"><Description>About gas.\n\nTerms: gas;  "natural; gas" ;LNG\nNames: Gazprom\n\n'
            "My memo.</Description></Code>"
        )
    )
    assert topic == Topic(
        "gas", "Gas", "About gas.\n\nMy memo.", COLOURS[0], ("gas", "natural; gas", "LNG"), ("Gazprom",)
    )


def test_a_copied_code_gets_an_id_of_its_own() -> None:
    code = '<Code name="Gas"><Description>Id: gas\nTerms: gas</Description></Code>'
    reserved = '<Code name="Rest"><Description>Id: other</Description></Code>'
    assert [topic.id for topic in import_qdc(codebook(code + code + reserved))] == ["gas", "gas-2", "rest"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<CodeBook><Codes>\n<Code</Codes>", "a.qdc, line 2: This cannot be read as XML: not well-formed"),
        (b"", "line 1: This cannot be read as XML: no element found"),
        (b"<html/>", "a.qdc is no REFI-QDA code book: it begins with <html>, not <CodeBook>"),
        (codebook('\n<Code name=" "/>'), "a.qdc, line 2: The code “”: it has no name"),
        (codebook('\n<Code name="A"><Description>Terms: "a</Description></Code>'), "line 2: The code “A”: the line"),
        (codebook('<Code name="A"><Description>Terms: "a" b</Description></Code>'), "a semicolon is missing"),
        (codebook('<Code name="A"><Description>Patterns: [[]]</Description></Code>'), "a list of tables"),
        (codebook('<Code name="A"><Description>Entities: Georgia</Description></Code>'), "topic “a” has the entry"),
        (codebook('<Code name="A"/>' * 501), "500 topics at most, not 501"),
        (b"<CodeBook>" + b" " * 10_000_000, "10 MB are allowed"),
        (b'<?xml version="1.0" encoding="nonsense"?><CodeBook/>', "save it in UTF-8"),
        (b"<CodeBook>&none;</CodeBook>", "undefined entity"),
    ],
)
def test_a_book_that_cannot_be_used_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(CodeBookError, match=re.escape(said)):
        import_qdc(data, "a.qdc")


BOMB = '<!DOCTYPE CodeBook [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "doctype", [BOMB, '<!DOCTYPE CodeBook SYSTEM "file:///etc/passwd">', "<!DOCTYPE CodeBook>", "<!DOCTYPE x [ %a; ]>"]
)
def test_a_document_type_is_refused_before_anything_is_expanded(doctype: str) -> None:
    data = f'{doctype}<CodeBook><Codes><Code name="&b;"/></Codes></CodeBook>'.encode()
    with pytest.raises(CodeBookError, match="line 1: A document type") as refused:
        import_qdc(data, "a.qdc")
    assert "is not allowed, since it can make a small file fill the memory" in str(refused.value)


def test_codes_within_codes_may_go_deep() -> None:
    deep = 400
    data = codebook("".join(f'<Code name="A{number}">' for number in range(deep)) + "</Code>" * deep)
    assert len(import_qdc(data)) == deep
