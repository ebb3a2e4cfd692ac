"""Near-copies: which articles are versions of one another, found by their signatures or by their address.

A signature is a MinHash as :mod:`app.ingest.likeness` makes it. It is cut into bands; two articles that share a band are
candidates, so that finding them is a few look-ups however many articles there are.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from operator import eq
from typing import Any
from urllib.parse import urldefrag, urlsplit

from sqlalchemy import Connection, Select, bindparam, exists, insert, or_, select, union_all

from app.store.batches import batches
from app.store.rows import ArticleRef
from app.store.schema import articles
