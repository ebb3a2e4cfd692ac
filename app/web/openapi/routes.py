"""The routes of an application, those of its rooms among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    """All routes of *app*."""
    for included in app.routes:
        room = getattr(included, "original_router", None)
        yield from (one for one in (room.routes if room else [included]) if isinstance(one, APIRoute))


def path_of(route: APIRoute) -> str:
    """The path of *route* as OpenAPI has it."""
    return re.sub(r":\w+}", "}", route.path)
