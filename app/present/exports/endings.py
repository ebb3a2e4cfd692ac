"""What the files of a chart are called."""

from __future__ import annotations

CHART_FILES = {
    "svg": ("SVG, for documents", "image/svg+xml"),
    "csv": ("CSV, for spreadsheets", "text/csv; charset=utf-8"),
    "table.json": ("JSON, for programs", "application/json"),
}
"""Each ending of a chart's address with its words on a page and its media type."""
