"""From a site's name to the addresses that it may be read at: all of them public, or none."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from app.text.fetching.addresses import Address
from app.text.fetching.deadline import Deadline
from app.text.fetching.errors import FetchError, NoAnswerError
from app.text.fetching.public import IPAddress

Resolve = Callable[[str, int], Sequence[str]]
Public = Callable[[IPAddress], bool]
_MOST = 16


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of *host* as the system knows them, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def checked_addresses(address: Address, resolve: Resolve, public: Public, deadline: Deadline) -> tuple[IPAddress, ...]:
    """Where *address* may be connected to, in the order of trying.

    Raises:
        FetchError: the name is unknown, one of its addresses is not public, or the time is up.
    """
    if address.literal is not None:
        found: tuple[IPAddress, ...] = (address.literal,)
    else:
        found = tuple(_parsed(text) for text in _look_up(address, resolve, deadline))
    if not found:
        raise _unknown(address.host)
    if not all(public(one) for one in found):
        raise FetchError(f"{address.host} leads into a private network or to this machine; only public sites are read.")
    return found[:_MOST]


def _parsed(text: str) -> IPAddress:
    try:
        return ip_address(text)
    except ValueError as error:
        raise NoAnswerError("The look-up of the site’s name gave something that is no address.") from error


def _look_up(address: Address, resolve: Resolve, deadline: Deadline) -> Sequence[str]:
    """What *resolve* says, asked in a thread that is left behind where it hangs: no look-up can be stopped."""
    answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty as error:
        raise deadline.passed(NoAnswerError) from error
    if isinstance(answer, OSError) and getattr(answer, "errno", None) == socket.EAI_AGAIN:
        raise NoAnswerError("Names of sites cannot be looked up just now; try again later.", retry=True) from answer
    if isinstance(answer, (OSError, UnicodeError)):
        raise _unknown(address.host) from answer
    return answer


def _unknown(host: str) -> NoAnswerError:
    return NoAnswerError(f"No site has the name {host}; look whether it is spelled right.")
