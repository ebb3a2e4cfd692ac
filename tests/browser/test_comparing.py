import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
COMPARED = "/compare?with=topic:energy&with=topic:nato"


def test_the_dumbbell_chart_takes_the_place_of_the_stand_in_and_leads_to_quotes(visit: Open) -> None:
    page = visit(COMPARED)
    before = page.locator(".chart").bounding_box()
    expect(page.locator(".chart.drawn")).to_be_attached(timeout=15_000)
    assert page.locator(".chart").bounding_box() == before
    point = page.locator(".scatterlayer .point").first.bounding_box()
    assert point
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    page.wait_for_url(re.compile(r"/search\?topic=\w+&speaker="))


def test_what_to_compare_is_typed(visit: Open) -> None:
    page = visit("/compare")
    page.get_by_label("Compare", exact=True).fill("energy")
    page.get_by_label("with", exact=True).fill("topic:ukraine")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(re.compile(r"/compare\?with=energy&with=topic%3Aukraine"))
    expect(page.locator(".compared li")).to_have_count(2)
    page.get_by_role("link", name="Leave out Energy").click()
    expect(page.locator(".compared li")).to_have_count(1)
