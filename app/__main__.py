"""Where the program starts: the console script ``communique``."""

import io
import sys
from collections.abc import Sequence
from typing import NoReturn

from app.cli.main import app
from app.errors import AppError


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line *arguments* (those of this process if not given), and exit.

    Exit status: 0 done, 1 failed (one sentence on standard error says why), 2 no usable command line,
    130 interrupted.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # whatever the locale: results are read by other programs
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        app(arguments, prog_name="communique")
    except AppError as error:
        print(f"communique: {error}", file=sys.stderr)
    except OSError as error:
        print(f"communique: {error.filename or 'the system'}: {error.strerror or error}.", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
