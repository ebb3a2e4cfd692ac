"""A code book for QualCoder, NVivo, ATLAS.ti, MAXQDA: REFI-QDA's ``.qdc``, written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app import __version__
from app.codebook.fields import CodeBookError
from app.codebook.qdc_lists import description_of
from app.domain import OTHER, Topic

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_TOPICS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:communique:topics")


def export_qdc(topics: Sequence[Topic]) -> bytes:
    """*topics* as a REFI-QDA code book, without "other".

    A topic is a code that is the same at every export, by its id. Its lists, for which the format has no place, close
    its description.

    Raises:
        CodeBookError: there is no topic, and the format asks for one.

    Source:
        REFI-QDA Standard 1.5, section 5, Codebook.xsd 1.0.
    """
    from xml.etree import ElementTree  # noqa: PLC0415 - few ask for this # nosec B405 # it only writes

    codes = [topic for topic in topics if topic.id != OTHER]
    if not codes:
        raise CodeBookError("There is no topic to export, and a REFI-QDA code book has one at least.")
    root = ElementTree.Element("CodeBook", {"xmlns": NAMESPACE, "origin": f"Communiqué {__version__}"})
    parent = ElementTree.SubElement(root, "Codes")
    for topic in codes:
        code = ElementTree.SubElement(parent, "Code", _attributes(topic))
        ElementTree.SubElement(code, "Description").text = description_of(topic)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    # A reader takes a bare carriage return for a line's end; in attributes it is written so already.
    return written.replace(b"\r", b"&#13;") + b"\n"


def _attributes(topic: Topic) -> dict[str, str]:
    guid = str(uuid.uuid5(_TOPICS, topic.id))
    return {"guid": guid, "name": topic.label, "isCodable": "true", "color": topic.colour}
