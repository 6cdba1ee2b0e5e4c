"""The HTTP side: which endpoint answers which path, and how it fails when it is told to."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from aiohttp import web

from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.errors import RefusedError, result
from tests.fakes.wecom_server.faults import Fault
from tests.fakes.wecom_server.ledger import Call
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest import access, appchats, contacts, media, messages, responses, robots
from tests.fakes.wecom_server.rest.endpoint import Asked, Endpoint, Upload
from tests.fakes.wecom_server.windows import MINUTE

ENDPOINTS: Mapping[str, Endpoint] = {
    "gettoken": Endpoint(access.gettoken, "GET", token=False),
    "getcallbackip": Endpoint(access.getcallbackip, "GET"),
    "message/send": Endpoint(messages.send, frequency=False),
    "message/update_template_card": Endpoint(messages.update_template_card),
    "message/recall": Endpoint(messages.recall),
    "appchat/create": Endpoint(appchats.create),
    "appchat/update": Endpoint(appchats.update),
    "appchat/get": Endpoint(appchats.get, "GET"),
    "appchat/send": Endpoint(appchats.send, frequency=False),
    "media/upload": Endpoint(media.upload),
    "webhook/send": Endpoint(robots.send, token=False, frequency=False),
    "webhook/upload_media": Endpoint(robots.upload_media, token=False),
    "department/list": Endpoint(contacts.department_list, "GET"),
    "department/simplelist": Endpoint(contacts.department_simplelist, "GET"),
    "user/simplelist": Endpoint(contacts.user_simplelist, "GET"),
    "user/list": Endpoint(contacts.user_list, "GET"),
    "user/get": Endpoint(contacts.user_get, "GET"),
    "batch/openuserid_to_userid": Endpoint(contacts.openuserid_to_userid),
    "aibot/response": Endpoint(responses.response, token=False),
}
SECRET = {"access_token", "corpsecret"}
ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
"""A letter that is not written as it is."""
ESCAPES = object()
"""Stands for a body with such letters, which is refused."""


class Rest:
    """Answers `/cgi-bin/…`, and serves what people sent."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.stopping = asyncio.Event()

    def add_routes(self, app: web.Application) -> None:
        """Where the requests come in."""
        app.router.add_route("*", "/cgi-bin/{name:.+}", self._serve)
        app.router.add_get("/picture/{id}", self._picture)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        name, platform = request.match_info["name"], self._platform
        endpoint = ENDPOINTS.get(name)
        if endpoint is None:
            raise web.HTTPNotFound
        body, upload, warning = await _read(request)
        fault = platform.faults.take(name)
        answer: dict[str, Any] | None = None
        if fault is None or fault.does_the_work:
            answer = self._answer(name, endpoint, request, body, upload)
            answer["errmsg"] += warning
        if fault is not None and fault.errcode is not None:
            answer = result(fault.errcode, peer=request.remote or "")
        told = None if fault is not None and (fault.silent or fault.close or fault.status) else answer
        query = {key: value for key, value in request.query.items() if key not in SECRET}
        shown = (None if body is ESCAPES else body) if upload is None else {"filename": upload.name, "size": len(upload.data)}
        platform.ledger.calls.append(Call(platform.now(), name, query, shown, told, repr(fault) if fault else ""))
        return await self._respond(request, fault, answer)

    def _answer(self, name: str, endpoint: Endpoint, request: web.Request, body: Any, upload: Upload | None) -> dict[str, Any]:
        try:
            caller = self._admitted(name, endpoint, request, body)
            given = endpoint.run(self._platform, Asked(request.query, body if isinstance(body, dict) else {}, upload, caller))
        except RefusedError as refused:
            return result(refused.code, refused.text, request.remote or "")
        return {**result(0), **given}

    def _admitted(self, name: str, endpoint: Endpoint, request: web.Request, body: Any) -> App | None:
        """The calling app, if the interface wants one, once every rule that all interfaces share is kept."""
        platform = self._platform
        caller = access.caller(platform, request.query.get("access_token")) if endpoint.token else None
        if caller and platform.trusted_ips is not None and request.remote not in platform.trusted_ips:
            raise RefusedError(60020)
        limit = platform.rules.api_per_minute, MINUTE
        if endpoint.frequency and not platform.windows.take(("api", name), platform.now(), limit, blocks=True):
            raise RefusedError(45009)
        if request.method != endpoint.method:
            raise RefusedError(40058, f"{endpoint.method} wanted. invalid Request Parameter")
        if body is ESCAPES:
            raise RefusedError(40033)
        return caller

    async def _respond(self, request: web.Request, fault: Fault | None, answer: dict[str, Any] | None) -> web.StreamResponse:
        text = json.dumps(answer if answer is not None else result(0), ensure_ascii=False)
        if fault is None:
            return web.Response(text=text, content_type="application/json")
        if fault.delay:
            await _either(asyncio.sleep(fault.delay), self.stopping.wait())
        if fault.silent:
            await self.stopping.wait()
        if (fault.silent or fault.close) and request.transport is not None:
            request.transport.abort()
        if fault.status:
            return web.Response(status=fault.status, text="<html><body>Bad Gateway</body></html>", content_type="text/html")
        return web.Response(text=text[: len(text) // 2] if fault.malformed else text, content_type="application/json")

    async def _picture(self, request: web.Request) -> web.Response:
        picture = self._platform.pictures.get(request.match_info["id"])
        if picture is None or self._platform.now() >= picture.until:
            raise web.HTTPForbidden
        name = quote(picture.name)
        headers = {"Content-Disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"}
        return web.Response(body=picture.data, headers=headers)


async def _either(*waits: Any) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def _read(request: web.Request) -> tuple[Any, Upload | None, str]:
    """The body, the uploaded file, and the warning that the platform adds where the body is no JSON."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        part = form.get("media")
        if isinstance(part, web.FileField):
            return {}, Upload(part.filename, part.file.read()), ""
        return {}, None, ""
    raw = await request.text()
    if not raw:
        return {}, None, ""
    if ESCAPED.search(raw):
        return ESCAPES, None, ""
    try:
        body = json.loads(raw)
    except ValueError:
        return {}, None, " Warning: wrong json format. "
    return body, None, ""
