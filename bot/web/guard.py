"""What only somebody at this machine may open."""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

_PASSED_ON = ("Forwarded", "X-Forwarded-For")
"""Headers of a request that another machine made, and a proxy on this one handed on."""


def is_from_here(request: web.Request) -> bool:
    """Whether a request comes from this machine, and not from a page of another host that is open in its browser.

    Such a page may have had its host's name point here meanwhile: then the request names that host.
    """
    origin = request.headers.get("Origin")
    return (
        _is_loopback(request.remote)
        and not any(header in request.headers for header in _PASSED_ON)
        and _is_loopback(_host(f"//{request.host}"))
        and (origin is None or _is_loopback(_host(origin)))
    )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # a bracket that is not closed
        return None


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
