"""The little of an RSS or Atom feed that we read, written anew so that nothing in it can hurt its parser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from app.errors import IngestError

MOST_ENTRIES = 2_000
_DEEPEST = 100
_MOST_ELEMENTS = 1_000_000
_MOST_PIECES = 3_000_000  # of text: each character written as &…; is one
_MOST_IN_AN_ENTRY = 16
_LONGEST_TEXT = 10_000
_MOST_PREFIXES = 50
_PIECE = 65_536

_BOMS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE = (("<\0\0\0", "utf-32-le"), ("\0\0\0<", "utf-32-be"), ("<\0", "utf-16-le"), ("\0<", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CODECS = re.compile(  # no others: some of Python's take quadratic time
    r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|"
    r"shift[_-]jis|windows-31j|cp932|euc-(?:jp|kr)|iso-2022-jp|mac(?:intosh|roman)|tis-620"
)
_NAME = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_PREFIXED = re.compile(r"<([A-Za-z_][\w.-]{0,30}):")
_DECLARES = re.compile(r"\sxmlns:([\w.-]{1,31})\s*=")
_ROOT_NAME = re.compile(r"<[\w.:-]+")
_CDATA = "<![CDATA["
_LONE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_LONE_BRACKET = re.compile(r"<(?![\w/!?])")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_OWN = {"amp;", "lt;", "gt;", "quot;", "apos;"}

_XML = "{http://www.w3.org/XML/1998/namespace}"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_ATOM = "http://www.w3.org/2005/Atom"
_PREFIXES = {"dc": _DC, "dcterms": _TERMS, "atom": _ATOM, "rdf": _RDF}
_NAMESPACES = {
    "",
    *_PREFIXES.values(),
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "http://blogs.law.harvard.edu/tech/rss",
}
_ROOTS = {"rss", "rdf", "feed"}
_ENTRIES = {"item", "entry"}
_INSIDE = {"title", "link", "guid", "id", "pubdate", "updated", "published", "modified", "issued", "created", "date"}
_KEPT = _ROOTS | _ENTRIES | _INSIDE | {"channel"}


_MONSTROUS = "This feed is nested too deeply or has far too many parts; it is not read."


class NotXmlFeedError(IngestError):
    """The text is no feed in XML; *root* is its first element's name, in lower case, or empty."""

    def __init__(self, message: str, root: str) -> None:
        super().__init__(message)
        self.root = root


def decoded(data: bytes) -> str:
    """*data* as text, by its byte order mark, its XML declaration, or as UTF-8; what fits none of these, replaced."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    data = data.lstrip(b" \t\r\n")
    for start, codec in _WIDE:
        if data.startswith(start.encode("latin-1")):
            return data.decode(codec, "replace")
    declared = _DECLARED.match(data)
    name = declared[1].decode().lower() if declared else "utf-8"
    for codec in (name, "utf-8"):
        if _CODECS.fullmatch(codec):
            try:
                return data.decode(codec)
            except (UnicodeError, LookupError):
                continue
    return data.decode("windows-1252", "replace")


def slim_feed(text: str) -> bytes:
    """The feed in *text* with titles, links, ids and dates only, well formed, in UTF-8.

    What is not well formed is mended as a browser would; of endless feeds the first 2,000 entries count.

    Raises:
        NotXmlFeedError: it does not begin as a feed does.
        IngestError: it declares a document type with entities, or is nested too deeply.
    """
    from lxml import etree  # noqa: PLC0415 - only once there is a feed

    body = _without_prologue(text)
    slim = _Slim()
    parser = etree.XMLParser(
        target=slim, recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    mended = _declared(_mended(body)).encode()
    try:
        for start in range(0, len(mended), _PIECE):
            parser.feed(mended[start : start + _PIECE])
        parser.close()
    except etree.XMLSyntaxError:
        pass  # what came before it counts
    return slim.result()


def _without_prologue(text: str) -> str:
    """*text* from its first element on, so that no parser ever sees a document type."""
    place = 0
    text = text.lstrip("\ufeff\0 \t\r\n")
    while not (found := _NAME.match(text, place)):
        if text.startswith("<?", place):
            end = text.find("?>", place)
        elif text.startswith("<!--", place):
            end = text.find("-->", place)
        elif text[place : place + 9].upper() == "<!DOCTYPE":
            end = text.find(">", place)
            _check_document_type(text[place : end + 1] if end >= 0 else text[place:])
        else:
            raise NotXmlFeedError("This is no feed: it is neither RSS nor Atom nor JSON Feed.", "")
        if end < 0:
            raise NotXmlFeedError("This is no feed: it ends before it has begun.", "")
        place = end + text[end : end + 3].index(">") + 1
        while place < len(text) and text[place] in " \t\r\n":
            place += 1
    root = found[1].lower()
    if root not in _ROOTS:
        raise NotXmlFeedError(f"This is no feed: it begins with <{found[1][:40]}>.", root)
    return text[place:]


def _check_document_type(declaration: str) -> None:
    if declaration[9:].strip().lower().startswith("html"):
        raise NotXmlFeedError("This is no feed: it is a web page.", "html")
    if "[" in declaration:
        raise IngestError(
            "This feed has a document type of its own (<!DOCTYPE … [), which can make a small file fill the memory; "
            "it is not read."
        )


def _mended(text: str) -> str:
    """*text* with lone ampersands and angle brackets and the named characters of HTML written as XML has them."""
    text = _ILLEGAL.sub("", text)
    parts: list[str] = []
    place = 0
    while (begin := text.find(_CDATA, place)) >= 0 and (end := text.find("]]>", begin)) >= 0:
        parts += (_escaped(text[place:begin]), text[begin : end + 3])
        place = end + 3
    return "".join((*parts, _escaped(text[place:])))


def _escaped(text: str) -> str:
    return _NAMED.sub(_as_xml, _LONE_BRACKET.sub("&lt;", _LONE_AMPERSAND.sub("&amp;", text)))


def _declared(body: str) -> str:
    """*body* with every prefix declared: of feeds that forget to, the usual ones mean what they usually do."""
    used = {found[1] for found in _PREFIXED.finditer(body)} - {found[1] for found in _DECLARES.finditer(body)} - {"xml"}
    root = _ROOT_NAME.match(body)
    if not used or root is None:
        return body
    given = (f' xmlns:{prefix}="{_PREFIXES.get(prefix, "unknown")}"' for prefix in sorted(used)[:_MOST_PREFIXES])
    return body[: root.end()] + "".join(given) + body[root.end() :]


def _as_xml(found: re.Match[str]) -> str:
    if found[1] in _XML_OWN:
        return found[0]
    meant = unescape(found[0])
    return escape(meant) if meant != found[0] else f"&amp;{found[1]}"


class _Slim:
    """Takes what a parser finds and writes down what we keep."""

    def __init__(self) -> None:
        self._out: list[str] = ["<?xml version='1.0' encoding='utf-8'?>\n"]
        self._open: list[str] = []
        self._skipping = 0
        self._seen = 0
        self._pieces = 0
        self._entries = 0
        self._in_entry = 0
        self._length = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._seen += 1
        if self._seen > _MOST_ELEMENTS or len(self._open) + self._skipping >= _DEEPEST:
            raise IngestError(_MONSTROUS)
        uri, local = _split(tag)
        if self._skipping or not self._wanted(uri, local):
            self._skipping += 1
            return
        self._open.append(local)
        self._length = 0
        self._out.append(f"\n<{local}{_attributes(uri, attributes)}>")

    def _wanted(self, uri: str, local: str) -> bool:
        name = local.lower()
        if uri not in _NAMESPACES or name not in _KEPT or (self._open and self._open[-1].lower() in _INSIDE):
            return False
        if name in _ENTRIES:
            self._entries += 1
            self._in_entry = 0
            return self._entries <= MOST_ENTRIES and not any(one.lower() in _ENTRIES for one in self._open)
        if self._open and self._open[-1].lower() in _ENTRIES:
            self._in_entry += 1
            return self._in_entry <= _MOST_IN_AN_ENTRY
        return True

    def data(self, data: str) -> None:
        self._pieces += 1
        if self._pieces > _MOST_PIECES:
            raise IngestError(_MONSTROUS)
        in_title = bool(self._open) and self._open[-1].lower() == "title" and self._skipping < 10
        if (self._skipping and not in_title) or not self._open or self._length > _LONGEST_TEXT:
            return
        self._length += len(data)
        self._out.append(escape(data[:_LONGEST_TEXT], quote=False))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif self._open:
            self._out.append(f"</{self._open.pop()}>")

    def close(self) -> None:
        """Nothing: what is still open is closed in the result."""

    def result(self) -> bytes:
        closing = "".join(f"</{local}>" for local in reversed(self._open))
        return ("".join(self._out) + closing).encode()


def _split(tag: str) -> tuple[str, str]:
    """Namespace and local name."""
    if tag.startswith("{"):
        uri, _, local = tag[1:].partition("}")
        return uri, local
    return "", tag


def _attributes(uri: str, attributes: Mapping[str, str]) -> str:
    kept = {"xmlns": uri} if uri else {"xmlns": ""}
    for name, value in attributes.items():
        if name == f"{_XML}base":
            kept["xml:base"] = value
        elif name == f"{{{_RDF}}}about":
            kept |= {"xmlns:rdf": _RDF, "rdf:about": value}
        elif name in {"href", "rel", "type", "isPermaLink", "version"} and (name, value.lower()) != ("type", "xhtml"):
            kept[name] = value
    return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
