"""Languages by name, and what to tell a reader of an article that is not in the language of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from app.store.filters import UNKNOWN

_NAMES = dict(
    pair.split(":")
    for pair in """
    ar:Arabic ca:Catalan da:Danish de:German el:Greek en:English es:Spanish fi:Finnish fr:French he:Hebrew
    hr:Croatian it:Italian ja:Japanese ko:Korean lt:Lithuanian mk:Macedonian nb:Norwegian nl:Dutch pl:Polish
    pt:Portuguese ro:Romanian ru:Russian sl:Slovenian sv:Swedish th:Thai uk:Ukrainian zh:Chinese
    """.split()
)
_WITHOUT_MODEL = frozenset(("ar", "he", "th"))
_WEB = frozenset(("en", "zh"))
"""Languages whose smallest pipeline was trained on web text; the others on news."""


@dataclass(frozen=True, slots=True)
class LanguageNote:
    """That speakers were not looked for, and the spaCy pipeline of the text's language, if spaCy has one."""

    language: str
    model: str | None


def language_name(code: str) -> str:
    """The English name of the language *code*, or the code itself where none is known here."""
    return "Not stated" if code == UNKNOWN else _NAMES.get(code.partition("-")[0], code)


def language_note(code: str) -> LanguageNote:
    """The note for a text in the language *code* (ISO 639-1)."""
    name = language_name(code)
    if code in _WITHOUT_MODEL or code not in _NAMES:
        return LanguageNote(name, None)
    return LanguageNote(name, f"{code}_core_{'web' if code in _WEB else 'news'}_sm")
