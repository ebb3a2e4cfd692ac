"""The values that pass between the rooms. Plain and frozen; nothing here reads, writes or parses."""

from app.domain.analysis import Analysis, Attribution, AttributionKind, Quote, Speaker, SpeakerKind
from app.domain.corrections import Action, Anchor, Scope
from app.domain.documents import Article, DatePrecision, Document, DocumentKind, Paragraph, ParagraphKind, SourcePiece
from app.domain.sharing import Part, Role
from app.domain.spans import TextSpan
from app.domain.topics import OTHER, Reading, Tokens, Topic, TopicEvidence

__all__ = [
    "OTHER",
    "Action",
    "Analysis",
    "Anchor",
    "Article",
    "Attribution",
    "AttributionKind",
    "DatePrecision",
    "Document",
    "DocumentKind",
    "Paragraph",
    "ParagraphKind",
    "Part",
    "Quote",
    "Reading",
    "Role",
    "Scope",
    "SourcePiece",
    "Speaker",
    "SpeakerKind",
    "TextSpan",
    "Tokens",
    "Topic",
    "TopicEvidence",
]
