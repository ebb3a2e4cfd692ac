from pathlib import Path

import brotli
import pytest

from app.present.assets import STYLE_FILES, Assets
from app.resources import resource_dir
from tests.factories import TOPICS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*STYLE_FILES, "js/charts.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"/* {name} */")
    return tmp_path


def test_an_address_changes_when_the_bytes_do(folder: Path) -> None:
    before = Assets(folder).url("js/charts.js")
    (folder / "js/charts.js").write_text("changed")
    assert Assets(folder).url("js/charts.js") != before


def test_a_file_that_is_not_there_is_an_error_in_the_template(folder: Path) -> None:
    with pytest.raises(KeyError):
        Assets(folder).url("js/missing.js")


def test_the_style_sheet_is_every_file_and_the_topics_colours(folder: Path) -> None:
    assets = Assets(folder)
    style = assets.style(TOPICS)
    assert all(f"/* {name} */".encode() in style.body for name in STYLE_FILES)
    assert b".t-energy{" in style.body
    assert assets.style(TOPICS) is style
    assert assets.style(TOPICS[:1]).version != style.version


def test_small_files_are_sent_as_they_are_and_others_compressed(folder: Path) -> None:
    (folder / "js/charts.js").write_text("const x = 1;\n" * 100)
    assets = Assets(folder)
    script = assets.files["js/charts.js"]
    assert brotli.decompress(script.encoded("br")) == script.body
    assert script.media_type == "text/javascript"
    assert assets.files["css/tokens.css"].encoded("br") == assets.files["css/tokens.css"].body


def test_fetched_files_are_not_read_into_memory(folder: Path) -> None:
    (folder / "vendor").mkdir()
    (folder / "vendor" / "big.js").write_text("x")
    assert "vendor/big.js" not in Assets(folder).files


def test_the_style_sheet_stays_small() -> None:
    # A page with a chart may weigh 360,000 bytes, of which plotly.js has 329,357.
    style = Assets(resource_dir("static")).style(TOPICS)
    assert len(style.encoded("br")) < 10_500


def test_a_script_is_sent_without_its_comments(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text('// Why.\nconst one = "// stays"; // too\n  // Why else.\none();\n')
    assert Assets(tmp_path).files["js/a.js"].body == b'const one = "// stays"; // too\none();\n'
