"""The errors by which a fetch fails on the network, whichever layer names them."""

from __future__ import annotations

from scrapy import exceptions
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.client import ResponseFailed

NETWORK: tuple[type[Exception], ...] = (
    exceptions.CannotResolveHostError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadFailedError,
    exceptions.DownloadTimeoutError,
    exceptions.DownloadCancelledError,
    exceptions.ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    ResponseFailed,
    OSError,
)
