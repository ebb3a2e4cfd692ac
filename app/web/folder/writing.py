"""Every page of a plan, asked of the application and written as a file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from app.errors import AppError
from app.present.numbers import moment
from app.present.theme import palette_css
from app.web.deps import Desk
from app.web.folder.asking import Answer, ask
from app.web.folder.pages import ASSETS, Maker, charts_of, next_of
from app.web.folder.plan import Plan, reading

STYLE = ASSETS["/static/site.css"]
Progress = Callable[[int, int], None]


def write_pages(app: FastAPI, plan: Plan, folder: Path, *, search: bool, progress: Progress | None = None) -> int:
    """Write the pages of *plan* and what they need into *folder*, and say how many pages there are.

    *search* says that the folder has the one page to search in. What was deleted meanwhile is left out.

    Raises:
        AppError: a page could not be made.
    """
    made = moment(dt.datetime.now(dt.UTC))
    writer = _Writer(app, plan, folder, Maker(plan, search, made), progress)
    with start_blocking_portal() as portal:
        return portal.call(writer.everything)


class _Writer:
    def __init__(self, app: FastAPI, plan: Plan, folder: Path, maker: Maker, progress: Progress | None) -> None:
        self._app, self._plan, self._folder, self._maker = app, plan, folder, maker
        self._progress = progress
        self._done = self._pages = 0

    async def everything(self) -> int:
        for slug, ids in self._plan.texts.items():
            await self._learn_parts(slug, ids)
        for path in (*self._plan.lists, *self._plan.singles, *map(reading, self._plan.texts)):
            await self._row(path)
            self._done += 1
            if self._progress:
                self._progress(self._done, self._plan.size)
        # The style sheet has the colours of the topics only once a page was asked for.
        for url, name in ASSETS.items():
            self._put(name, (await self._got(url)).body if name != STYLE else self._style())
        return self._pages

    def _style(self) -> bytes:
        """The style sheet with the colours of the plan's topics alone."""
        desk: Desk = self._app.state.desk
        topics = desk.site.topics if desk.site else ()
        every = desk.assets.style(topics).body
        return every.replace(palette_css(topics).encode(), palette_css(topics, self._plan.topics).encode())

    async def _learn_parts(self, slug: str, ids: Sequence[str]) -> None:
        """In which part of its article each quote stands, so that links to it find it."""
        answer = await self._got(f"{reading(slug)}.json")
        for part in json.loads(answer.body).get("parts", ()):
            for quote in ids[max(0, part["first"] - 1) : part["last"]]:
                self._plan.parts[quote] = part["part"]

    async def _row(self, path: str) -> None:
        url: str | None = self._plan.url(path)
        number = 1
        while url is not None:
            answer = await self._got(url)
            if answer.status == HTTPStatus.NOT_FOUND:
                return
            html = answer.body.decode()
            behind = next_of(html)
            following = self._plan.file(path, number + 1) if behind else None
            drawn = charts_of(html)
            charts = (await self._got(drawn)).body.decode() if drawn else ""
            name = self._plan.file(path, number)
            self._put(name, self._maker.page(html, name, following, charts).encode())
            self._pages += 1
            url, number = behind, number + 1

    async def _got(self, url: str) -> Answer:
        answer = await ask(self._app, url)
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            raise AppError(f"The page {url} could not be made: it answered {answer.status}.")
        return answer

    def _put(self, name: str, body: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
