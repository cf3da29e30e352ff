"""Speaks to a local JupyterHub and, through its proxy, to kernels, as JupyterLab does."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

PORT = 8100
HERE = f"http://127.0.0.1:{PORT}"
WAIT = 300  # seconds that anything may take before it counts as failed


class Kernel:
    """A running kernel, spoken to as JupyterLab does.

    Attributes:
        widgets: the state of every widget that the kernel opened, by comm.
    """

    def __init__(self, socket: Any):
        self.socket = socket
        self.session = uuid.uuid4().hex
        self.widgets: dict[str, dict[str, Any]] = {}

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """Send one message on the shell channel; its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "username": "", "session": self.session,
                  "version": "5.3", "date": ""}  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content,
                   "channel": "shell", "buffers": []}  # fmt: skip
        await self.socket.write_message(json.dumps(message))
        return number

    async def receive(self) -> dict[str, Any]:
        """The next message; what widgets say of themselves is remembered.

        Raises:
            ConnectionError: the proxy or the server hung up.
        """
        while True:
            raw = await asyncio.wait_for(self.socket.read_message(), WAIT)
            if raw is None:
                raise ConnectionError("the websocket was closed")
            if isinstance(raw, bytes):  # a buffer of pixels or numbers: nothing that we time
                continue
            message: dict[str, Any] = json.loads(raw)
            content = message["content"]
            if message["msg_type"] == "comm_open":
                self.widgets[content["comm_id"]] = content["data"].get("state", {})
            elif message["msg_type"] == "comm_msg":
                update = content["data"].get("state", {})
                self.widgets.setdefault(content["comm_id"], {}).update(update)
            return message

    async def run(self, code: str) -> str:
        """Run a cell to its end; what it printed.

        Raises:
            RuntimeError: the cell raised an error.
        """
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False}  # fmt: skip
        number, printed = await self.send("execute_request", content), ""
        replied = idle = False  # the reply may come before the last of what the cell said
        while not (replied and idle):
            message = await self.receive()
            if message["parent_header"].get("msg_id") != number:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                printed += content["text"]
            if message["msg_type"] == "execute_reply":
                replied = True
                if content["status"] != "ok":
                    raise RuntimeError(f"{content.get('ename')}: {content.get('evalue')}")
            idle = idle or content.get("execution_state") == "idle"
        return printed

    async def answer(self, comm: str, items: dict[str, Any], rev: int) -> float:
        """Give a widget its answers, as the page does; seconds until Python's receipt.

        Raises:
            RuntimeError: Python says that it could not keep them.
        """
        began = time.perf_counter()
        state = {"state": {"rev": rev, "items": items}}
        data = {"method": "update", "state": state, "buffer_paths": []}
        await self.send("comm_msg", {"comm_id": comm, "data": data})
        while self.widgets[comm].get("saved", {}).get("rev") != rev:
            await self.receive()
        took = time.perf_counter() - began
        if problem := self.widgets[comm]["saved"]["problem"]:
            raise RuntimeError(problem)
        return took


async def ask(method: str, path: str, key: str, body: Any = None) -> Any:
    """Ask the hub or a learner's server; the answer's JSON."""
    told = None if body is None else json.dumps(body)
    if method == "POST" and told is None:
        told = ""
    headers = {"Authorization": f"token {key}", "Content-Type": "application/json"}
    request = HTTPRequest(HERE + path, method, headers, told, request_timeout=WAIT)
    reply = await AsyncHTTPClient().fetch(request)
    return json.loads(reply.body) if reply.body else None


async def open_kernel(name: str, notebook: str, key: str) -> Kernel:
    """Start a learner's server and the notebook's kernel in it."""
    token = await ask("POST", f"/hub/api/users/{name}/tokens", key, {"expires_in": 3600})
    mine = f"/user/{name}/api"
    body = {"path": notebook, "name": notebook, "type": "notebook", "kernel": {"name": "python3"}}
    session = await ask("POST", f"{mine}/sessions", token["token"], body)
    url = f"ws://127.0.0.1:{PORT}{mine}/kernels/{session['kernel']['id']}/channels"
    headers = {"Authorization": f"token {token['token']}"}
    request = HTTPRequest(url, headers=headers, request_timeout=WAIT, connect_timeout=WAIT)
    return Kernel(await websocket_connect(request, max_message_size=100_000_000))
