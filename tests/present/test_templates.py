import datetime as dt

import pytest

from app.present import templates
from app.resources import resource_dir


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, kept: bool) -> None:
    assert templates.web_address(url) == (url if kept else "")


def test_an_address_is_escaped_and_leaves_out_what_is_not_given() -> None:
    assert templates.address("/topics/a b", speaker="x&y", kind=None) == "/topics/a%20b?speaker=x%26y"
    assert templates.address("/topics/us") == "/topics/us"


def test_dates_and_numbers_are_said_as_a_reader_says_them() -> None:
    assert templates.day(dt.date(2023, 3, 2)) == "2 March 2023"
    assert templates.day(None) == ""
    assert templates.plural(1, "quote") == "1 quote"
    assert templates.plural(12_345, "quote") == "12\N{NARROW NO-BREAK SPACE}345 quotes"


def test_templates_escape_what_they_are_given() -> None:
    env = templates.environment(resource_dir("templates"))
    assert env.from_string("{{ x }}").render(x="<script>") == "&lt;script&gt;"
