"""A share link as JSON, for the pages and the command line."""

from __future__ import annotations

from typing import Any

from app.store.shares import Share


def share_json(share: Share) -> dict[str, Any]:
    """A link as JSON; of its token nobody knows any more."""
    moments = {name: getattr(share, name) for name in ("made", "expires", "revoked", "last_used")}
    return {
        "id": share.uid,
        "role": share.role.name.lower(),
        "part": share.part.value,
        "given": dict(share.given),
        "title": share.title,
        "note": share.note,
        "framed": share.framed,
        "page": share.path,
        "uses": share.uses,
        **{name: None if value is None else value.isoformat() for name, value in moments.items()},
    }
