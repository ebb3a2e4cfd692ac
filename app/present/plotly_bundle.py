"""plotly.js: the basic bundle where set-up could fetch it, else the whole one that the plotly wheel carries."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

PLOTLY_JS = "4.1.1"
"""The plotly.js that the pinned plotly wheel draws with; a test holds the two together."""

PACKAGE = "plotly.js-basic-dist-min"
MEMBER = "package/plotly-basic.min.js"
SHA256 = "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
BASIC = f"plotly-basic-{PLOTLY_JS}.min.js"
FETCH_SECONDS = 120
ENDINGS = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A plotly.js on disk. ``version`` changes whenever its bytes do, so that it can be cached for ever."""

    path: Path
    version: str

    def encoded(self, encoding: str) -> Path:
        """Where the file compressed as *encoding* (``br`` or ``gzip``) lies, or will lie."""
        return self.path.with_name(self.path.name + ENDINGS[encoding])


def find(vendor: Path) -> Bundle:
    """The bundle to serve: the one in *vendor* if it is there, else the wheel's, which is 1.3 MB instead of 0.3.

    Raises:
        FileNotFoundError: plotly is not installed, so the installation is broken.
    """
    if (vendor / BASIC).is_file():
        return Bundle(vendor / BASIC, f"{PLOTLY_JS}-basic")
    return whole()


@cache
def whole() -> Bundle:
    """The plotly.js in the plotly wheel.

    Raises:
        FileNotFoundError: plotly is not installed.
    """
    spec = importlib.util.find_spec("plotly")  # finds it without importing it
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        path = Path(folder) / "package_data" / "plotly.min.js"
        if path.is_file():
            return Bundle(path, f"{importlib.metadata.version('plotly')}-whole")
    raise FileNotFoundError("plotly.min.js is missing from the installation; install communique again")


def compressed(bundle: Bundle, encoding: str) -> bytes:
    """The bundle compressed as *encoding*: from beside it, else from the cache folder, where it is put once.

    Where neither can be written, it is compressed anew.
    """
    beside = bundle.encoded(encoding)
    cached = cache_folder() / f"plotly-{bundle.version}.min.js{ENDINGS[encoding]}"
    for path in (beside, cached):
        if path.is_file():
            return path.read_bytes()
    packed = compress(bundle.path.read_bytes(), encoding, quick=True)
    _keep(cached, packed)
    return packed


def cache_folder() -> Path:
    """Where things lie that can be made again."""
    return Path(platformdirs.user_cache_dir("communique", appauthor=False))


def compress(body: bytes, encoding: str, *, quick: bool = False) -> bytes:
    """*body* as ``br`` or ``gzip``; *quick* takes a tenth of the time for a tenth more bytes."""
    if encoding == "gzip":
        return gzip.compress(body, 6 if quick else 9, mtime=0)
    import brotli  # noqa: PLC0415 - only who asks for a compressed file needs it

    return bytes(brotli.compress(body, quality=5 if quick else 11))


def _keep(path: Path, body: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(body)
        os.replace(file.name, path)
    except OSError:  # a read-only home: the next process compresses again
        return


RULES = re.compile(r"\{(\"X,X div\":.*?\"Y .notifier-close:hover\":\"[^\"]*\")\}", re.DOTALL)
RULE = re.compile(r"(?:^|,)\"?([XY][^\":]*(?::[^\":]*)*?)\"?:(?:\"([^\"]*)\"|'([^']*)')")
NAMES = {"X": ".js-plotly-plot .plotly", "Y": ".plotly-notifier"}


def style_rules(script: str) -> str:
    """The style rules that *script* (a plotly.js) would insert into the page, as a style sheet.

    A strict ``style-src`` forbids the insertion; a ``link#plotly.js-style-global.no-inline-styles`` to these rules
    takes its place. plotly.js inserts each rule before the last, so they come in reverse.

    Raises:
        ValueError: the script holds no such rules, so it is not the plotly.js we know.
    """
    found = RULES.search(script)
    rules = RULE.findall(found.group(1)) if found else []
    if not rules:
        raise ValueError("no style rules in this plotly.js")
    sheet = []
    for selector, double, single in reversed(rules):
        full = re.sub("[XY]", lambda name: NAMES[name.group()], selector)
        sheet.append(f"{full}{{{double or single}}}")
    return "\n".join(sheet)


def style_sheet(bundle: Bundle) -> bytes:
    """The rules of *bundle* as a file; empty where they are not found, since charts draw without them."""
    try:
        return style_rules(bundle.path.read_text("utf-8")).encode()
    except ValueError:
        return b""


def prepare(vendor: Path, fetch: Callable[[Path], Path] | None = None) -> str:
    """Fetch the basic bundle into *vendor*, compressed beside it, and say in one sentence what came of it.

    It is optional: without npm or a network the sentence says so and pages take the wheel's plotly.js instead.
    """
    if (vendor / BASIC).is_file() and all((vendor / (BASIC + end)).is_file() for end in ENDINGS.values()):
        return f"plotly.js {PLOTLY_JS} (basic) is already there."
    without = "the charts use the whole plotly.js of the plotly package, which is larger."
    try:
        with tempfile.TemporaryDirectory() as folder:
            script = _basic_script((fetch or npm_pack)(Path(folder)))
        _write(vendor, script)
    except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError, ValueError) as error:
        return f"The small plotly.js could not be fetched ({_first_line(error)}): {without}"
    return f"plotly.js {PLOTLY_JS} (basic) is in {vendor}."


def npm_pack(folder: Path) -> Path:
    """The package as npm packs it into *folder*, from whatever registry npm is set to use."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    command = [npm, "pack", f"{PACKAGE}@{PLOTLY_JS}", "--silent", "--ignore-scripts"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=FETCH_SECONDS)  # noqa: S603 - our words # nosec B603
    packed = sorted(folder.glob("*.tgz"))
    if not packed:
        raise FileNotFoundError("npm pack left no package")
    return packed[0]


def _basic_script(archive: Path) -> bytes:
    with tarfile.open(archive, "r:gz") as packed:
        member = packed.extractfile(MEMBER)
        script = member.read() if member else b""
    if hashlib.sha256(script).hexdigest() != SHA256:
        raise ValueError("it is not the file we pinned")
    return script


def _write(vendor: Path, script: bytes) -> None:
    vendor.mkdir(parents=True, exist_ok=True)
    for encoding, ending in ENDINGS.items():
        (vendor / (BASIC + ending)).write_bytes(compress(script, encoding))
    (vendor / BASIC).write_bytes(script)  # last: its presence says that all is there


def _first_line(error: Exception) -> str:
    if isinstance(error, subprocess.SubprocessError):
        return "npm pack failed"
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
