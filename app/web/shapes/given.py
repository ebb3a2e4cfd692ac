"""What holds of all that programs send."""

from __future__ import annotations

from pydantic import ConfigDict

GIVEN = ConfigDict(extra="forbid", use_attribute_docstrings=True)
"""A field that is not known is refused. The second has to be said again, since a type's own options replace others."""
