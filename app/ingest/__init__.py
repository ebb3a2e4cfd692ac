"""Files into the library: read, analysed in a process of its own, stored whole or not at all."""

from app.ingest.analysers import ProcessAnalyser, TextAnalyser
from app.ingest.files import Outcome, ingest_files, seed_library
from app.ingest.library import open_library

__all__ = ["Outcome", "ProcessAnalyser", "TextAnalyser", "ingest_files", "open_library", "seed_library"]
