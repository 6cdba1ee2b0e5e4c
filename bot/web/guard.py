"""What only somebody at this machine may open."""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web


def is_from_here(request: web.Request) -> bool:
    """Whether a request comes from this machine, and not from a page of another host that is open in its browser."""
    origin = request.headers.get("Origin")
    return _is_loopback(request.remote) and (origin is None or _is_loopback(urlsplit(origin).hostname))


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
