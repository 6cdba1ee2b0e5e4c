"""Pages: rendered templates and their static files, all from this machine; the demo page at ``/``."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import jinja2
from aiohttp import web

_HERE = Path(__file__).parent
_PAGES = web.AppKey("pages", set[str])

# Nothing may come from another host, and nothing written in the page itself may run: what people write can never become a script.
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data:",  # a picture that the bot sent may come with its message
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The modules carry no version in their names; after an upgrade the browser must not mix old ones with new ones.
    "Cache-Control": "no-cache",
}


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to the pages and their files, and to nothing else of the application."""
    if request.path in request.app[_PAGES] or request.path.startswith("/static/"):
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)


def serve_files(app: web.Application, path: str) -> None:
    """Serve the files of pages under ``/static/``, and harden the page at `path`, which is the caller's to add."""
    if _PAGES not in app:
        app[_PAGES] = set()
        app.router.add_static("/static/", _HERE / "static")
        app.on_response_prepare.append(_harden)
    app[_PAGES].add(path)


def template(name: str) -> jinja2.Template:
    """A template of a page; what is put into it is escaped."""
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined)
    return templates.get_template(name)


def _handler(html: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html")

    return page


def add_page(app: web.Application, *, organization: str, bot: str) -> None:
    """Serve the page at ``/`` and its files under ``/static/``.

    `organization` is the unit's name, `bot` the name by which people speak to the bot. The template is rendered here, once:
    a broken template stops the start instead of the first visitor.
    """
    html = template("page.html").render(organization=organization, bot=bot)
    app.router.add_get("/", _handler(html))
    serve_files(app, "/")
