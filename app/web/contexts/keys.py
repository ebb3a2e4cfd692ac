"""The keys."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.keys import Key
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class KeysPage:
    """``/keys``: what keys do, and the switch for those of one character."""

    site: Site
    keys: tuple[Key, ...]
