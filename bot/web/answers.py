"""Answers in JSON: Chinese as Chinese, and every error as one clear line."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_dumps = partial(json.dumps, ensure_ascii=False)


def answer(data: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.json_response(data, status=status, dumps=_dumps)


def refuse(status: int, text: str) -> web.Response:
    """An error as one line."""
    return answer({"error": text}, status)
