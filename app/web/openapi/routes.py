"""The routes of an application."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    """All routes of *app*."""
    return (one for one in app.routes if isinstance(one, APIRoute))


def path_of(route: APIRoute) -> str:
    """The path of *route* as OpenAPI has it."""
    return re.sub(r":\w+}", "}", route.path)
