from pathlib import Path

import pytest

from app.nlp.methods import Method
from app.nlp.shares import FEWEST, counted, shares, write_shares


def test_a_share_is_that_of_the_findings_that_are_right() -> None:
    found = counted([("clause", True)] * 60 + [("clause", False)] * 38)
    assert found == {"clause": pytest.approx(0.61)}


def test_no_share_is_quite_none_or_all() -> None:
    found = counted([("after", True)] * 98 + [("parse", False)] * 98)
    assert found == {"after": pytest.approx(0.99), "parse": pytest.approx(0.01)}


def test_a_rule_with_few_findings_has_no_share() -> None:
    assert counted([("byline", True)] * (FEWEST - 1)) == {}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "shares.toml"
    write_shares({"rules": {"according to": 0.875}, "learned": {}}, file)
    assert '"according to" = 0.875' in file.read_text("utf-8")


def test_the_shares_that_are_shipped_are_those_of_both_methods() -> None:
    assert set(shares()) == set(Method)
    for by_rule in shares().values():
        assert all(0 < share < 1 for share in by_rule.values())
    assert shares()[Method.RULES]["after"] > shares()[Method.RULES]["governing verb"]
