"""Corrections with one key, and words that are selected in a text."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SUMMIT, Open

pytestmark = pytest.mark.browser


def test_x_rejects_the_quote_at_once_and_u_takes_it_back(visit: Open, address: str) -> None:
    page = visit("/topics/nato")
    quote = page.locator("figure.quote[data-quote]").first
    page.keyboard.press("j")
    with page.expect_response("**/api/corrections") as made:
        page.keyboard.press("x")
        expect(quote).to_contain_text("Rejected: no quote.")
    assert made.value.status == 201
    assert (made.value.request.post_data_json or {})["based_on"] == 0
    with page.expect_response("**/undo") as undone:
        page.keyboard.press("u")
    assert undone.value.status == 200
    expect(quote).not_to_contain_text("Rejected")
    expect(page.locator(".told")).to_have_text("Undone.")
    with page.expect_response("**/api/corrections") as made:
        page.keyboard.press("y")
    assert (made.value.request.post_data_json or {})["based_on"] == 1
    expect(quote).to_contain_text("Right, says a person.")
    page.goto(f"{address}/corrections")
    expect(page.locator(".corrections li")).to_have_count(2)


def test_what_the_library_refuses_is_taken_back_on_the_page(visit: Open) -> None:
    page = visit("/topics/nato")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no answer')); }")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".told")).to_contain_text("nothing was changed")
    expect(page.locator("figure.quote").first).not_to_contain_text("Rejected")


def test_words_that_are_selected_lead_to_the_form_that_adds_them(visit: Open) -> None:
    page = visit(f"{SUMMIT}/read")
    page.evaluate(
        """() => {
          const blocks = [...document.querySelectorAll("[data-start]")];
          const block = blocks.find((one) => one.textContent.includes("surprised"));
          const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes("Nobody was surprised")) node = walker.nextNode();
          const start = node.data.indexOf("Nobody was surprised");
          getSelection().setBaseAndExtent(node, start, node, start + 20);
        }"""
    )
    page.get_by_role("link", name="Add quote").click()
    page.wait_for_url("**/add-quote?**")
    expect(page.get_by_label("The words")).to_have_value("Nobody was surprised")


def test_words_selected_in_the_passage_become_those_of_the_quote(visit: Open) -> None:
    page = visit("/topics/energy")
    page.get_by_role("link", name="Why and where: We will build").click()
    page.get_by_role("link", name="Correct it").click()
    page.evaluate(
        """() => {
          const mark = document.querySelector(".passage mark.m-said, .passage mark");
          getSelection().selectAllChildren(mark);
        }"""
    )
    chosen = page.evaluate("getSelection().toString()")
    page.get_by_role("button", name="Take these words").click()
    expect(page.get_by_label("The words")).to_have_value(chosen.strip())


def test_a_name_is_completed_from_the_whole_library(visit: Open) -> None:
    page = visit(f"{SUMMIT}/add-quote")
    page.evaluate("() => document.querySelector('#speakers').replaceChildren()")
    page.get_by_label("Speaker", exact=True).press_sequentially("puti")
    expect(page.locator("#speakers option[value='Vladimir Putin']")).to_be_attached()
