"""Documents by what people call them."""

from __future__ import annotations

from app.domain import DocumentKind

DOCUMENT_WORDS = {
    DocumentKind.TEXT: "text",
    DocumentKind.MARKDOWN: "Markdown",
    DocumentKind.HTML: "web page",
    DocumentKind.PDF: "PDF",
    DocumentKind.DOCX: "Word",
    DocumentKind.EMAIL: "mail",
    DocumentKind.JSON: "JSON",
    DocumentKind.JSON_LINES: "JSON Lines",
    DocumentKind.CSV: "CSV",
}
