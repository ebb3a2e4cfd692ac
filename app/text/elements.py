"""What HTML's elements and the names that sites give them mean to a reader of the text."""

from __future__ import annotations

import re

from app.domain import ParagraphKind
from app.text.markup import Tag

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr basefont bgsound frame".split())
SKIPPED = frozenset(
    "noscript template svg math object audio video canvas select button option datalist rp rt head map progress meter "
    "dialog amp-ad amp-sidebar amp-consent".split()
)
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html li legend main menu nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul search".split()
)
OWN = HEADINGS | frozenset("li figcaption caption blockquote td th dt dd pre p summary".split())
"""Elements that say what their text is; any other leaves it what its parent said."""
HOLDERS = frozenset("li figcaption caption blockquote dd".split())
"""Elements whose paragraphs are what they are themselves."""
CELLS = frozenset(("td", "th"))
NO_SECTION = HEADINGS | frozenset(
    "p ul ol li blockquote pre figure figcaption dl dd dt table tbody thead tr center".split()
)
_APART = frozenset("nav footer aside menu".split())
_CELL_ENDS = frozenset("td th tr".split())
ENDED_BY = {
    "p": BLOCKS,
    "li": frozenset(["li"]),
    "td": _CELL_ENDS,
    "th": _CELL_ENDS,
    "tr": frozenset(["tr"]),
    "dt": frozenset("dt dd".split()),
    "dd": frozenset("dt dd".split()),
}
"""Whose start tags end an element that was left open."""

_NOISE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|newsletters?|subscri(?:be|ption)|sign-?up|share|sharing|social|"
    r"cookies?|consent|gdpr|comments?|disqus|promo|promoted|sponsor(?:ed)?|advert(?:isement)?|ads?|sidebar|"
    r"breadcrumbs?|most-?(?:read|popular|viewed)|trending|read-?(?:more|next|also)|more-(?:from|on|stories|news)|"
    r"see-also|author-?(?:bio|box|card|info|profile)|about-(?:the-)?author|paywall|login|popup|modal|toolbar|"
    r"pagination|pager|skip-?link|tags?-?list|topics-list|outbrain|taboola|up-next|site-(?:header|footer|nav)|masthead|"
    r"navigation|complementary|contentinfo|alertdialog)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NOT_SEEN = re.compile(r"\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?)\b", re.IGNORECASE)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHOLE_PAGE = frozenset("html body main article".split())


def apart(tag: Tag) -> bool:
    """Whether *tag* opens what is no part of an article, by its element or by the names that sites give to such."""
    if tag.name in _WHOLE_PAGE or tag.name not in BLOCKS:
        return False
    given = tag.attributes
    return tag.name in _APART or bool(
        _NOISE.search(f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}")
    )


def unseen(tag: Tag) -> bool:
    """Whether a reader of the page does not see what *tag* opens."""
    if tag.name in SKIPPED:
        return True
    if tag.name in _WHOLE_PAGE:
        return False
    given = tag.attributes
    return (
        "hidden" in given
        or bool(_NO_DISPLAY.search(given.get("style", "")))
        or bool(_NOT_SEEN.search(given.get("class", "")))
        or (given.get("aria-hidden") == "true" and tag.name not in BLOCKS)
    )


def kind_by(name: str) -> ParagraphKind:
    """What the text of the element *name* is."""
    if name in HEADINGS:
        return ParagraphKind.HEADING
    if name in {"li", "dd", "dt"}:
        return ParagraphKind.LIST
    if name in {"figcaption", "caption"}:
        return ParagraphKind.CAPTION
    return ParagraphKind.BODY
