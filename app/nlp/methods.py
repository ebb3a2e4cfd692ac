"""Which ways of finding attributions a pipeline uses: rules alone, or rules with what was learned."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec

from app.nlp.learned.files import MODEL, missing


class Method(StrEnum):
    """How attributions are found."""

    RULES = "rules"
    LEARNED = "learned"


def chosen(name: str | None) -> tuple[Method | None, str | None]:
    """The method and the spaCy pipeline that *name* asks for; ``None`` where it leaves the choice.

    ``rules`` and ``learned`` name a method, ``rules:de_core_news_sm`` both, anything else a pipeline.
    """
    method, _, base = (name or "").partition(":")
    if method in set(Method):
        return Method(method), base or None
    return None, name


def best_method(language: str) -> Method:
    """What is used where nobody chose: the rules alone where the tagger cannot run, or was not made for *language*."""
    installed = all(find_spec(package) for package in ("onnxruntime", "tokenizers"))
    return Method.LEARNED if language == "en" and installed and not missing(MODEL) else Method.RULES
