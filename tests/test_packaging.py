"""The wheel: all that the program needs is in it, and it runs from any folder."""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from pathlib import Path

import pytest

from app import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` of a fresh environment that has the wheel, and borrows what it depends on from this one."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    command = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", command], check=True, capture_output=True, text=True).stdout.strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--ignore-installed", str(wheel)], check=True, capture_output=True)
    return python.parent


def environment(home: Path) -> dict[str, str]:
    """That of a person who has nothing set, with *home* as the home folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIQUE_", "PYTHON", "XDG_"))}
    return {**kept, "HOME": str(home)}


def test_the_wheel_holds_the_code_and_everything_beside_it(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    beside = [path for name in ("templates", "static", "seeds") for path in (ROOT / name).rglob("*")]
    expected = {f"app/{path.relative_to(ROOT).as_posix()}" for path in beside if path.is_file()}
    expected |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py")}
    assert expected
    assert expected <= inside
    assert not [name for name in inside if name.startswith("tests/") or name.endswith(".pyc")]


def test_the_wheel_names_its_script_and_its_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        about = f"communique-{__version__}.dist-info"
        assert "communique = app.__main__:main" in opened.read(f"{about}/entry_points.txt").decode()
        assert re.search(r"^Requires-Python: <3\.14,>=3\.11$", opened.read(f"{about}/METADATA").decode(), re.MULTILINE)


def test_the_installed_program_tells_its_version_from_another_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()  # a stray folder of this name must not be taken for ours
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit('the wrong app')", "utf-8")
    told = subprocess.run(
        [installed / "communique", "--version"],
        cwd=tmp_path,
        env=environment(tmp_path),
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == f"communique {__version__}\n"


@pytest.mark.model
def test_the_installed_program_finds_nothing_wrong_with_itself(installed: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [installed / "communique", "doctor"],
        check=False,
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert str(ROOT) not in told.stdout + told.stderr


@pytest.mark.model
def test_the_installed_program_serves_its_seeds_from_another_folder(installed: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [installed / "communique", "serve", "--port", "0", "--no-open", "--database", "here.sqlite"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.startswith("http"), process.stderr.read() if process.stderr else ""
        with urllib.request.urlopen(address, timeout=10) as answer:
            page = answer.read().decode()
        style = re.search(r'href="/(static/[^"]+\.css[^"]*)"', page)
        assert "/articles/" in page, "the seed is not there"
        assert style
        urllib.request.urlopen(address + style[1], timeout=10).close()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert (tmp_path / "here.sqlite").is_file()
