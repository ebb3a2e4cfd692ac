import gzip
import hashlib
import io
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from app.present import plotly_bundle as bundle
from app.resources import resource_dir

RULES = """a={"X,X div":'margin:0;font-family:"Open Sans";',"X a:hover":"color:red;",Y:"top:0;",""" + (
    """"Y .notifier-close:hover":"cursor:pointer;"};for(k in a)"""
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(bundle, "cache_folder", lambda: folder)
    return folder


def packed(script: bytes, member: str = bundle.MEMBER) -> Callable[[Path], Path]:
    """A fetcher that hands over *script* as npm would."""

    def fetch(folder: Path) -> Path:
        path = folder / "package.tgz"
        with tarfile.open(path, "w:gz") as archive:
            info = tarfile.TarInfo(member)
            info.size = len(script)
            archive.addfile(info, io.BytesIO(script))
        return path

    return fetch


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch) -> bytes:
    script = b"/* plotly */" + RULES.encode()
    monkeypatch.setattr(bundle, "SHA256", hashlib.sha256(script).hexdigest())
    return script


def test_a_fetched_bundle_is_served_with_its_compressed_forms(tmp_path: Path, pinned: bytes) -> None:
    sentence = bundle.prepare(tmp_path / "vendor", packed(pinned))
    assert sentence.startswith("plotly.js 4.1.1 (basic) is in")
    found = bundle.find(tmp_path / "vendor")
    assert found.version == "4.1.1-basic"
    assert brotli.decompress(bundle.compressed(found, "br")) == pinned
    assert gzip.decompress(bundle.compressed(found, "gzip")) == pinned


def test_what_is_there_is_not_fetched_again(tmp_path: Path, pinned: bytes) -> None:
    bundle.prepare(tmp_path, packed(pinned))

    def never(_: Path) -> Path:
        raise AssertionError("fetched twice")

    assert bundle.prepare(tmp_path, never) == "plotly.js 4.1.1 (basic) is already there."


@pytest.mark.parametrize(
    ("script", "member"), [(b"something else", bundle.MEMBER), (b"", "package/other.js")], ids=["changed", "missing"]
)
def test_a_package_that_is_not_the_pinned_one_is_refused(tmp_path: Path, script: bytes, member: str) -> None:
    sentence = bundle.prepare(tmp_path / "vendor", packed(script, member))
    assert "could not be fetched" in sentence
    assert bundle.find(tmp_path / "vendor").version.endswith("-whole")


def test_without_npm_a_sentence_says_what_is_used_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = bundle.prepare(tmp_path / "vendor")
    assert sentence.startswith("The small plotly.js could not be fetched (npm is not installed):")


def test_an_npm_that_fails_is_no_failure_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 3\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert "(npm pack failed)" in bundle.prepare(tmp_path / "vendor")


def test_the_whole_bundle_is_compressed_once_and_kept(tmp_path: Path, cache: Path) -> None:
    script = tmp_path / "plotly.min.js"
    script.write_bytes(b"x" * 10_000)
    whole = bundle.Bundle(script, "7.1.0-whole")
    first = bundle.compressed(whole, "gzip")
    (kept,) = cache.iterdir()
    kept.write_bytes(b"kept")
    assert gzip.decompress(first) == b"x" * 10_000
    assert bundle.compressed(whole, "gzip") == b"kept"


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    script = tmp_path / "plotly.min.js"
    script.write_bytes(b"x" * 10_000)
    assert brotli.decompress(bundle.compressed(bundle.Bundle(script, "1"), "br")) == b"x" * 10_000


def test_the_rules_that_plotly_would_insert_are_written_out_in_its_order() -> None:
    assert bundle.style_rules(RULES).splitlines() == [
        ".plotly-notifier .notifier-close:hover{cursor:pointer;}",
        ".plotly-notifier{top:0;}",
        ".js-plotly-plot .plotly a:hover{color:red;}",
        '.js-plotly-plot .plotly,.js-plotly-plot .plotly div{margin:0;font-family:"Open Sans";}',
    ]


def test_the_installed_bundle_has_the_rules_we_look_for(tmp_path: Path) -> None:
    rules = bundle.style_sheet(bundle.find(tmp_path)).decode()
    assert rules.count("{") > 50
    assert ".js-plotly-plot .plotly .main-svg{position:absolute;" in rules


def test_a_script_without_rules_is_said_so() -> None:
    with pytest.raises(ValueError, match="no style rules"):
        bundle.style_rules("nothing here")


def test_the_page_keeps_the_whole_plotly_from_writing_the_rules_of_its_maps() -> None:
    """It writes a ``<style>``, which the policy of the pages forbids, unless an element of that id is there."""
    whole = bundle.whole().path.read_text("utf-8")
    ids = set(re.findall(r'getElementById\("([0-9a-f]{64})"\)', whole))
    script = (resource_dir("static") / "js" / "charts.js").read_text("utf-8")
    assert ids
    assert all(one in script for one in ids)
