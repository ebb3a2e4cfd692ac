"""Where templates, static files and seeds lie: inside the package in a wheel, beside it in a checkout."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def resource_dir(name: str) -> Path:
    """The folder *name* (``templates``, ``static`` or ``seeds``), whatever the working directory.

    Raises:
        FileNotFoundError: neither place has it, so the installation is broken.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name!r} is missing from the installation; install communique again")
