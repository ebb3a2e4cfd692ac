"""Which blocks of a page are its article: trafilatura's judgement, carried over to blocks that know their place.

trafilatura (Barbaresi 2021) finds the article well, but joins, drops and moves what is in it. So what it gives only
votes: a block whose words it kept is in, and so is what stands between such blocks in the same section of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.domain import ParagraphKind
from app.text.blocks import Block
from app.text.boilerplate import is_boilerplate

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_KEPT = 0.6
"""The share of a block's runs of four words that trafilatura must have kept."""
_DEEPEST = 250
"""How deep libxml2 follows nested elements; beyond, it cuts the page off."""
_LONGEST = 4_000_000
"""Characters of a page that trafilatura is asked about; it takes a second a megabyte."""
_MOST_ELEMENTS = 15_000
"""Elements of a page that trafilatura is asked about: its time grows with their square in some tables and texts."""
_A_TEASER = 40
_MOSTLY_LINKS = 0.6
_MAIN_PART = 0.4
"""An element apart that holds this share of the article is the article: its name was misleading."""
_PROSE = frozenset("p blockquote li h2 h3 h4 h5 h6 dd pre".split())
_FEWEST_LETTERS = 2


def chosen(source: str, blocks: Sequence[Block], *, deepest: int, elements: int) -> tuple[list[Block], int]:
    """Those of *blocks* that are the article on the page *source*, and how many lines among them were none of it.

    Args:
        source: the page, decoded.
        blocks: all of its blocks.
        deepest: how deep its elements are nested.
        elements: how many there are.
    """
    asked = deepest < _DEEPEST and elements <= _MOST_ELEMENTS and len(source) <= _LONGEST
    votes = _votes(source, blocks) if asked else [False] * len(blocks)
    if not any(votes):
        votes = [not block.noise and not _is_links(block) for block in blocks]
    apart = _apart(blocks, votes)
    votes = [vote and block.noise not in apart for vote, block in zip(votes, blocks, strict=True)]
    votes = _without_repeats(blocks, votes)
    _fill(blocks, votes, apart)
    inside = [block for block, vote in zip(blocks, votes, strict=True) if vote and _has_words(block)]
    article = [block for block in inside if not is_boilerplate(block.text)]
    return article, len(inside) - len(article)


def _has_words(block: Block) -> bool:
    return sum(map(str.isalnum, block.text)) >= _FEWEST_LETTERS


def _votes(source: str, blocks: Sequence[Block]) -> list[bool]:
    kept = _kept_by_trafilatura(source)
    shingles = {one for words in kept for one in _shingles(words)}
    whole = set(map(tuple, kept))
    return [_is_kept(_words(block.text), shingles, whole) for block in blocks]


def _is_kept(words: list[str], shingles: set[int], whole: set[tuple[str, ...]]) -> bool:
    if len(words) < _SHINGLE or tuple(words) in whole:
        return bool(words) and tuple(words) in whole
    own = _shingles(words)
    return sum(one in shingles for one in own) >= len(own) * _KEPT


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(words: Sequence[str]) -> list[int]:
    return [hash(tuple(words[at : at + _SHINGLE])) for at in range(len(words) - _SHINGLE + 1)]


def _kept_by_trafilatura(source: str) -> list[list[str]]:
    """The words of each paragraph, heading, item … that trafilatura takes for the article."""
    import logging  # noqa: PLC0415

    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second, and only pages need it
    from trafilatura.settings import Document  # noqa: PLC0415

    for name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found = bare_extraction(source, include_comments=False, include_tables=True)
    if not isinstance(found, Document):
        return []
    kept = []
    for element in found.body.iter():
        if element.tag in {"p", "head", "item", "quote", "cell", "code", "ab"}:
            kept.append(_words("".join(element.itertext())))
            kept.extend(_words(text) for text in element.itertext() if len(element))
        elif element.tag == "lb" and element.tail:
            kept.append(_words(element.tail))
    return kept


def _is_links(block: Block) -> bool:
    return block.linked > len(block.text) * _MOSTLY_LINKS


def _apart(blocks: Sequence[Block], votes: Sequence[bool]) -> set[int]:
    """The numbers of the elements that stand apart from the article."""
    letters: Counter[int] = Counter()
    for block, vote in zip(blocks, votes, strict=True):
        letters[block.noise] += len(block.text) if vote else 0
    least = letters.total() * _MAIN_PART
    return {number for number, size in letters.items() if number and size < least}


def _without_repeats(blocks: Sequence[Block], votes: list[bool]) -> list[bool]:
    """Of blocks with the same words only the one in the section that holds most of the article."""
    size = _section_sizes(blocks, votes)
    best: dict[str, int] = {}
    for block, vote in zip(blocks, votes, strict=True):
        if vote and len(block.text) > _A_TEASER:
            other = best.setdefault(block.text, block.section)
            if size[block.section] > size[other]:
                best[block.text] = block.section
    return [
        vote and best.get(block.text, block.section) == block.section for block, vote in zip(blocks, votes, strict=True)
    ]


def _section_sizes(blocks: Sequence[Block], votes: Sequence[bool]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for block, vote in zip(blocks, votes, strict=True):
        sizes[block.section] += len(block.text) if vote else 0
    return sizes


def _fill(blocks: Sequence[Block], votes: list[bool], apart: set[int]) -> None:
    """Vote for what trafilatura dropped between the paragraphs of the sections that it kept, captions among it."""
    kept = [at for at, vote in enumerate(votes) if vote]
    if not kept:
        return
    sizes = _section_sizes(blocks, votes)
    least = sizes.total() * 0.1
    sections = {section for section, size in sizes.items() if size >= least}
    for at in range(kept[0], len(blocks)):
        block = blocks[at]
        if votes[at] or block.noise in apart or _is_links(block):
            continue
        inside = at < kept[-1]
        if block.kind is ParagraphKind.CAPTION:
            votes[at] = inside
        elif block.section in sections and (block.tag in _PROSE or inside):
            votes[at] = True
    for at in range(kept[0], kept[-1]):
        if blocks[at].kind is ParagraphKind.HEADING and votes[at + 1] and blocks[at].noise not in apart:
            votes[at] = votes[at] or not _is_links(blocks[at])
