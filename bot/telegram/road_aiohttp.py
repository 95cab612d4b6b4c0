"""Requests to Telegram over aiohttp, whose pool does no work for the requests that are under way."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 256
READ, WRITE, CONNECT, POOL = 5.0, 5.0, 5.0, 1.0  # seconds, as python-telegram-bot's own request has them
UPLOAD = 20.0  # seconds to write a request that carries files
Seconds = ODVInput[float]


class NotSent(NetworkError):
    """There was no connection: nothing of the request reached Telegram."""


class AiohttpRequest(BaseRequest):
    """One HTTP request a call, without retries; errors name their kind and never the address, which holds the token."""

    def __init__(self, connections: int = CONNECTIONS, read_timeout: float | None = READ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer is waited for, unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the pool of connections; does nothing where it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )
            self._proxies = getproxies()  # once: aiohttp's own look-up reads files for each request

    async def shutdown(self) -> None:
        """Closes all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of the response.

        Raises NotSent where no connection was made, TimedOut or NetworkError where it is unknown what arrived.
        """
        if self._session is None:
            raise RuntimeError("This request is not initialized")
        files = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, self._read_timeout)
        write = _seconds(write_timeout, UPLOAD if files else WRITE)
        connect = _seconds(connect_timeout, CONNECT)
        timeout = _timeout(read, write, connect, _seconds(pool_timeout, POOL))
        try:
            async with self._session.request(
                method,
                url,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy(url),
                **_content(request_data, files),
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError) as error:
            raise NetworkError(f"the connection broke ({type(error).__name__})") from None

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment names for this address (HTTPS_PROXY, NO_PROXY)."""
        if not self._proxies:
            return None
        parts = urlsplit(url)
        return None if proxy_bypass(parts.netloc) else self._proxies.get(parts.scheme)


def _seconds(given: Seconds, default: float | None) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Waiting for a connection and making one end by their own time; the whole by the sum, for writing has no other."""
    to_connect = None if connect is None or pool is None else connect + pool
    whole = None if to_connect is None or read is None or write is None else to_connect + read + write
    return aiohttp.ClientTimeout(total=whole, connect=to_connect, sock_connect=connect, sock_read=read)


def _content(data: RequestData | None, files: bool) -> dict[str, Any]:
    """What aiohttp sends: JSON, or a form with files where there are some."""
    if data is None:
        return {}
    if not files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        content = content if isinstance(content, bytes) else content.read()
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
