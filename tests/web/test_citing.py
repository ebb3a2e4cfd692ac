"""A quote's page cites it, and its files go into reference managers."""

from __future__ import annotations

import json

from fastapi.testclient import TestClient
from pybtex.database import parse_string

from tests.web.conftest import read

WORDS = "We will build a closer energy partnership"


def address(client: TestClient) -> str:
    items = client.get("/search.json?kind=direct").json()["items"]
    return str(next(item["address"] for item in items if item["text"] == WORDS))


def test_a_quote_is_cited_in_the_usual_styles(client: TestClient) -> None:
    path = address(client)
    html = client.get(path).text
    page = read(html)
    for words in ("Cite it", "APA", "Chicago", "MLA", "Harvard", f"“{WORDS}” – Xi Jinping and Vladimir Putin"):
        assert words in page.text
    assert "<i>The Example</i>" in html
    assert {f"{path}.bib", f"{path}.ris", f"{path}.csl.json"} <= set(page.links)
    cited = client.get(f"{path}.json").json()["cited"]
    assert set(cited) == {"markdown", "html", "apa", "chicago", "mla", "harvard"}
    assert cited["markdown"].startswith(f"> “{WORDS}”")


def test_reference_managers_read_its_files(client: TestClient) -> None:
    path = address(client)
    bib = client.get(f"{path}.bib")
    assert bib.headers["content-disposition"] == 'attachment; filename="leaders-meet-in-beijing.bib"'
    entry = parse_string(bib.text, "bibtex").entries["leaders-meet-in-beijing"]
    assert WORDS in entry.fields["note"]
    assert client.get(f"{path}.ris").text.startswith("TY  - NEWS\r\n")
    [item] = json.loads(client.get(f"{path}.csl.json").text)
    assert (item["title"], item["issued"]) == ("Leaders meet in Beijing", {"date-parts": [[2024, 5, 16]]})
    for ending in ("bib", "ris", "csl.json"):
        assert client.get(f"/quotes/nope.{ending}").status_code == 404
