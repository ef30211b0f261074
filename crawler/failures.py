"""What a failed fetch means: one short reason a person understands, and which verdict it speaks for."""

from __future__ import annotations

from OpenSSL import SSL
from scrapy import Request, exceptions
from service_identity import VerificationError
from twisted.python.failure import Failure

from crawler.network import NETWORK
from crawler.refusals import AddressRefused, BodyIncomplete, HostOnHold, RobotsForbidden, RobotsUnreachable

_REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (RobotsForbidden, "blocked", "robots.txt forbids it"),
    (RobotsUnreachable, "unreachable", "robots.txt can't be reached"),
    (HostOnHold, "blocked", "the host is on hold"),
    (AddressRefused, "broken", "refused"),
    (BodyIncomplete, "broken", "the body did not come whole"),
    (exceptions.CannotResolveHostError, "unreachable", "the host's name is unknown"),
    (exceptions.DownloadConnectionRefusedError, "unreachable", "connection refused"),
    (exceptions.DownloadTimeoutError, "unreachable", "no answer in time"),
    (exceptions.DownloadCancelledError, "broken", "larger than a page may be"),
)
_WITH_DETAIL = (BodyIncomplete, RobotsUnreachable, HostOnHold, AddressRefused)


def explain(error: BaseException) -> tuple[str, str]:
    """(verdict, reason): ``("unreachable", "connection refused")``."""
    for kind, verdict, reason in _REASONS:
        if isinstance(error, kind):
            detail = str(error) if isinstance(error, _WITH_DETAIL) else ""
            return verdict, f"{reason}: {detail}" if detail else reason
    if isinstance(error, exceptions.IgnoreRequest):
        return "broken", str(error) or type(error).__name__
    if isinstance(error, NETWORK):
        return "unreachable", f"connection failed ({_innermost(error)})"
    first = str(error).partition("\n")[0]  # a browser's error goes on with its log
    return "broken", f"{type(error).__name__}: {first}"


def explain_failure(failure: Failure) -> tuple[str, str]:
    """(verdict, reason) of what an errback is handed."""
    assert failure.value is not None
    return explain(failure.value)


def request_of(failure: Failure) -> Request:
    """The request that failed: Scrapy hangs it on the failure."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def explain_status(status: int) -> tuple[str, str]:
    """(verdict, reason) of an HTTP status that is no answer."""
    if status in {401, 403, 407, 429, 451}:
        return "blocked", f"HTTP {status}"
    if status >= 500:
        return "unreachable", f"HTTP {status}"
    return "broken", f"HTTP {status}"


def _innermost(error: BaseException) -> str:
    """The text of what failed first: Twisted wraps it in lists of failures, Scrapy in another exception."""
    while True:
        reasons = getattr(error, "reasons", ())
        inner = reasons[0].value if reasons else error.__cause__
        if inner is None:
            return _in_words(error)
        error = inner


def _in_words(error: BaseException) -> str:
    if isinstance(error, VerificationError):
        return "the certificate is another host's"
    if isinstance(error, SSL.Error) and error.args and error.args[0]:
        return f"the certificate or TLS: {error.args[0][0][-1]}"  # a list of (library, function, reason)
    return str(error).strip(".") or type(error).__name__
