"""The questions of a newcomer, from the board."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from tests.browser.conftest import Open
from tests.browser.questions import MOST_STEPS, questions
from tests.ingest.copies import SUMMIT, updated
from tests.web.test_versions import add

pytestmark = pytest.mark.browser


def test_each_is_answered_in_three_steps(visit: Open, sqlite_engine: Engine) -> None:
    add(sqlite_engine, "Statement", SUMMIT)
    add(sqlite_engine, "Statement again", updated(SUMMIT))
    for question in questions("putin energy"):
        page = visit("/")
        assert len(question.steps) <= MOST_STEPS
        for step in question.steps:
            step(page)
        expect(page.get_by_role("heading", name=question.answer).first).to_be_visible()
