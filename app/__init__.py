"""Communiqué: who said what, on which topic, in which words, and where."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("communique")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
