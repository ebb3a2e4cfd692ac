"""One question to one site and its answer, within a time and a size. Imported when it is needed: urllib3 is."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead

from urllib3.exceptions import HTTPError, InvalidChunkLength
from urllib3.response import HTTPResponse

from app.text.fetching.addresses import Address
from app.text.fetching.connections import Allowance, connect, too_large
from app.text.fetching.errors import FetchError, NoAnswerError
from app.text.fetching.packing import unpacked
from app.text.fetching.public import IPAddress

_PIECE = 65_536
_EXPIRED, _NOT_YET, _WRONG_NAME, _WRONG_NUMBER = 10, 9, 62, 64  # X509_V_ERR_… of OpenSSL


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said: the headers with their names in lower case, and the page unpacked."""

    status: int
    headers: Mapping[str, str]
    data: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, where, and how much of it is taken; *cut* leaves the rest, else more is an error."""

    address: Address
    addresses: tuple[IPAddress, ...]
    headers: Mapping[str, str]
    largest: int
    cut: bool = False


def ask(question: Question, allowance: Allowance, tls: ssl.SSLContext | None) -> Answer:
    """The answer to *question*; the page is read only where the status says that there is one.

    Raises:
        FetchError: no connection, no HTTP, too slow, too large or cut; one sentence.
    """
    host = question.address.host
    try:
        connection = connect(question.address, question.addresses, allowance, tls)
    except OSError as error:
        raise _no_connection(error, host, allowance) from error
    try:
        connection.request(
            "GET", question.address.target, headers=question.headers, preload_content=False, decode_content=False
        )
        with contextlib.closing(connection.getresponse()) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            data = _body(response, headers, question) if response.status in {200, 203} else b""
            return Answer(response.status, headers, data)
    except (OSError, HTTPException, HTTPError, ValueError) as error:
        raise _no_answer(error, host, allowance) from error
    finally:
        connection.close()


def _body(response: HTTPResponse, headers: Mapping[str, str], question: Question) -> bytes:
    promised = headers.get("content-length", "")
    if not question.cut and promised.isascii() and promised.isdigit() and int(promised[:18]) > question.largest:
        raise too_large(question.largest)
    data = bytearray()
    for piece in unpacked(_pieces(response), headers.get("content-encoding", "")):
        data += piece
        if len(data) > question.largest:
            if question.cut:
                break
            raise too_large(question.largest)
    return bytes(data[: question.largest])


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    yield from response.stream(_PIECE, decode_content=False)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """*error* and what it wraps, as its cause or as its last argument."""
    for _ in range(8):
        if error is None:
            return
        yield error
        inner = error.args[-1] if error.args else None
        error = error.__cause__ or (inner if isinstance(inner, BaseException) else None)


def _no_connection(error: OSError, host: str, allowance: Allowance) -> FetchError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoAnswerError(_distrusted(error, host))
    if isinstance(error, TimeoutError):
        return allowance.deadline.passed(NoAnswerError)
    if isinstance(error, ssl.SSLError):
        why = (error.reason or "it broke off").replace("_", " ").lower()
        return NoAnswerError(f"No safe connection (TLS) to {host} comes about: {why}.")
    if isinstance(error, ConnectionRefusedError):
        return NoAnswerError(f"{host} refuses the connection; try again later.", retry=True)
    if isinstance(error, (ConnectionResetError, BrokenPipeError)):
        return NoAnswerError(f"{host} broke off the connection; try again later.", retry=True)
    return NoAnswerError(f"{host} cannot be reached: {error.strerror or error}; try again later.", retry=True)


def _distrusted(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code == _EXPIRED:
        why = "has expired"
    elif error.verify_code == _NOT_YET:
        why = "is not valid yet; look whether this machine’s clock is right"
    elif error.verify_code in {_WRONG_NAME, _WRONG_NUMBER}:
        why = "is for another name"
    else:
        why = f"is not trusted here ({error.verify_message})"
    return f"Nothing proves that this is {host}: its certificate {why}."


def _no_answer(error: Exception, host: str, allowance: Allowance) -> FetchError:
    causes = tuple(_causes(error))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return allowance.deadline.passed()
    if any(isinstance(cause, (ConnectionResetError, BrokenPipeError)) for cause in causes):
        return NoAnswerError(f"{host} broke off the connection; try again later.", retry=True)
    cut = any(isinstance(cause, IncompleteRead) or "prematurely" in str(cause) for cause in causes)
    if cut and not any(isinstance(cause, InvalidChunkLength) for cause in causes):
        return FetchError("The page ends too early: the site sent only a part of it; try again later.", retry=True)
    return FetchError(f"What {host} answers is not HTTP as it should be, so nothing can be read.")
