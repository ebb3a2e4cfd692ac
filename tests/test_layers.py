"""The floors of the house, held by reading the imports: down only, and files and functions stay small."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = {
    "domain": 1,
    "errors": 1,
    "resources": 1,
    "settings": 2,
    "codebook": 2,
    "text": 2,
    "nlp": 2,
    "store": 2,
    "ingest": 3,
    "present": 3,
    "training": 3,
    "web": 4,
    "cli": 5,
    "__main__": 6,
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MADE_BY_NO_IMPORT = {"Settings", "load_settings", "create_engine", "open_engine", "create_app", "Analyser"}
APP_FILES = sorted((ROOT / "app").rglob("*.py"))
ALL_FILES = APP_FILES + sorted((ROOT / "tests").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The second name of a dotted module, and nothing for the package itself or another's module."""
    package, _, rest = module.partition(".")
    return rest.partition(".")[0] if package == "app" else ""


def imported_by(nodes: Iterator[ast.AST], path: Path) -> Iterator[str]:
    """The full names that the import statements among *nodes* bring in, and the modules they come from."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parent.relative_to(ROOT).parts
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes under *node* that run when the module is imported."""
    for child in ast.iter_child_nodes(node):
        only_for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not only_for_types and not isinstance(child, Function):
            yield child
            yield from outside_functions(child)


def place(path: Path, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room_of(module_of(path)) for path in APP_FILES} - {""}
    assert rooms <= set(FLOORS), f"say in FLOORS where they stand: {rooms - set(FLOORS)}"


def test_imports_go_down_only() -> None:
    upward = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in APP_FILES
        for module in imported_by(ast.walk(tree_of(path)), path)
        if (there := room_of(module)) in FLOORS
        and (here := room_of(module_of(path))) != there
        and FLOORS[there] >= FLOORS.get(here, 0)
    ]
    assert not upward


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    modules = {module_of(path): path for path in APP_FILES}
    edges = {
        module: {name for name in imported_by(outside_functions(tree_of(path)), path) if name in modules}
        - {module, "app"}
        for module, path in modules.items()
    }
    settled: set[str] = set()
    while ready := {name for name in edges if name not in settled and edges[name] <= settled | {"app"}}:
        settled |= ready
    assert set(edges) == settled


def test_what_is_heavy_is_imported_only_when_it_is_needed() -> None:
    owners = {
        "spacy": "app/nlp/",
        "thinc": "app/nlp/",
        "alembic": "app/store/migrations/",
        "plotly": "nobody",
    }
    early = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in APP_FILES
        for module in imported_by(outside_functions(tree_of(path)), path)
        if (owner := owners.get(module.partition(".")[0])) and not path.relative_to(ROOT).as_posix().startswith(owner)
    ]
    assert not early, "import it inside the function that needs it"


def test_no_page_parses_language_itself() -> None:
    parsers = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in (ROOT / "app" / "web").rglob("*.py")
        for module in imported_by(ast.walk(tree_of(path)), path)
        if module.startswith(("app.nlp", "spacy"))
    ]
    assert not parsers


def test_no_error_is_swallowed_whatever_it_is() -> None:
    swallowed = [
        place(path, node)
        for path in ALL_FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(child, ast.Raise) and child.exc is None for child in ast.walk(node))
    ]
    assert not swallowed


def test_no_settings_and_no_engine_are_made_by_an_import() -> None:
    made = [
        place(path, node)
        for path in APP_FILES
        for node in outside_functions(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MADE_BY_NO_IMPORT
    ]
    assert not made


def test_a_file_holds_one_idea() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in ALL_FILES}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


def test_a_function_can_be_read_at_a_glance() -> None:
    long = [
        f"{place(path, node)} {node.name}"
        for path in ALL_FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long
