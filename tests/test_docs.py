"""The README is held to the program: what can be set, run and opened is named in it, and what it names exists."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from app.cli.main import app as cli
from app.settings import Settings
from app.web import (
    add_api,
    adding,
    api,
    article_api,
    article_editing,
    chart_files,
    correction_api,
    correction_list,
    correction_pages,
    embedding,
    feeds,
    job_api,
    job_events,
    job_pages,
    missed,
    oembed,
    pages,
    speaker_pages,
    time_pages,
    topic_editing,
    topic_files,
)

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CODE = re.compile(r"^```(?:sh|console|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENDS_COMMAND = {"|", "||", "&&", ";", ">", "<"}
# In pieces, so that this file does not hold what it looks for.
REGISTRY = re.compile(r"pypi" r"\.org|pythonhosted" r"\.org|npmjs" r"\.(?:org|com)|deb\.debian" r"\.org")
MACHINE = re.compile(r"(?<![\w.~}-])/(?:work|root|home/\w+|Users/\w+)" r"/[\w.]")


def own_options(command: Any) -> set[str]:
    given = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return {option for option in given if option.startswith("--")}


def options_of_commands() -> dict[str, set[str]]:
    """The options of every command, those of the commands below it among them."""
    group = get_command(cli)
    assert isinstance(group, TyperGroup)
    found = {"": own_options(group)}
    for name, command in group.commands.items():
        below = command.commands.values() if isinstance(command, TyperGroup) else ()
        found[name] = own_options(command).union(*map(own_options, below))
    return found


def commands_in_readme(program: str) -> Iterator[list[str]]:
    """The words after *program* in the README's code blocks, up to a pipe or a redirection."""
    for block in CODE.findall(README):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            for place, word in enumerate(words):
                if word == program and (place == 0 or words[place - 1] in ENDS_COMMAND or "=" in words[place - 1]):
                    rest = words[place + 1 :]
                    yield rest[: next((at for at, one in enumerate(rest) if one in ENDS_COMMAND), len(rest))]


PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMPONENTS = (ROOT / "docs" / "components.md").read_text("utf-8")


@pytest.mark.model
def test_the_code_on_the_components_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = PYTHON.findall(COMPONENTS)
    assert len(blocks) >= 2
    known: dict[str, object] = {}
    for block in blocks:
        exec(block, known)
    printed = capsys.readouterr().out
    assert "direct Anna Berg ['We will not wait,']" in printed
    assert printed.splitlines()[-1] == "1.0"


def test_the_components_page_names_every_option_with_its_default() -> None:
    from spacy.language import Language

    from app.nlp import pipeline

    assert pipeline.PREFERRED
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `(.+?)` \| .+ \|$", COMPONENTS, re.MULTILINE)
    shown: dict[str, dict[str, object]] = {}
    for component, option, default in rows:
        shown.setdefault(component, {})[option] = json.loads(default)
    assert shown == {name: Language.get_factory_meta(name).default_config for name in shown}
    ours = {name for name in Language.factories if Language.factories[name].__module__.startswith("app.")}
    assert set(shown) == ours


def without_names(address: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", address)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"COMMUNIQUE_{name.upper()}" in README


@pytest.mark.parametrize("name", [name for name in options_of_commands() if name])
def test_every_command_is_in_the_readme_with_its_options(name: str) -> None:
    assert f"communique {name}" in README
    assert not {option for option in options_of_commands()[name] if option not in README}


def routes(rooms: Iterable[Any]) -> Iterator[tuple[str, set[str]]]:
    """The address and the methods of every route of *rooms*."""
    for room in rooms:
        for route in room.router.routes:
            yield route.path, route.methods


def test_every_page_is_in_the_readme() -> None:
    rooms = (pages, topic_editing, topic_files, adding, job_pages, job_events, article_editing, feeds)
    corrected = (correction_list, correction_pages, missed)
    explored = {without_names(path) for path, _ in routes((speaker_pages, time_pages))}
    data = (api, add_api, job_api, article_api, correction_api, chart_files, embedding, oembed)
    pages_there = {without_names(path) for path, methods in routes((*rooms, *corrected)) if "GET" in methods}
    pages_there |= {path for path in explored if not path.endswith(".json")}
    data_there = explored | {without_names(path) for path, _ in routes(data)}
    beside_pages = {f"{page}.json" for page in pages_there}
    assert not {page for page in pages_there | data_there - beside_pages if f"`{page}`" not in without_names(README)}
    assert "`.json`" in README


def test_the_readme_shows_only_commands_that_exist() -> None:
    known = options_of_commands()
    shown = [words for words in commands_in_readme("communique") if words]
    assert shown, "the README shows no command"
    for words in shown:
        name = "" if words[0].startswith("-") else words[0]
        assert name in known
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known[name] | {"--help"}, f"communique {' '.join(words)}"


def test_the_readme_shows_only_make_targets_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {word for words in commands_in_readme("make") for word in words if "=" not in word}
    assert {"serve", "test"} <= shown <= targets


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z]+):.* ## .+$", makefile, re.MULTILINE))


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="not a git checkout")
def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    named = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        named += [f"{name}: {found.group()}" for pattern in (REGISTRY, MACHINE) for found in pattern.finditer(text)]
    assert not named


def pins_of(lock: Path) -> list[str]:
    return [line for line in lock.read_text("utf-8").splitlines() if line and line[0] not in "# "]


def test_the_lock_files_pin_and_hash_everything_alike() -> None:
    running, testing = pins_of(ROOT / "requirements.lock"), pins_of(ROOT / "tests" / "requirements.lock")
    assert running
    assert set(running) <= set(testing)
    assert not [pin for pin in testing if not re.match(r"[a-z0-9._-]+(\[.+\])?==\S+ .*\\$", pin)]
