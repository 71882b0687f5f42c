"""Errors to Sentry, traces to OpenTelemetry: each only where its setting names a receiver."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from ticketdesk.settings import Settings, settings


def start(chosen: Settings, part: str) -> None:
    """Connect this process to the receivers.

    Args:
        part: what the process is: `web`, `worker` or `cron`.
    """
    release = f"ticketdesk@{version('ticketdesk')}"
    if chosen.sentry_dsn:
        import sentry_sdk

        # No bodies, cookies or addresses: tickets are other people's letters.
        sentry_sdk.init(
            dsn=chosen.sentry_dsn,
            release=release,
            send_default_pii=False,
            max_request_body_size="never",
            include_local_variables=False,
        )
        sentry_sdk.set_tag("part", part)
    if chosen.otlp_endpoint:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        resource = Resource.create(
            {"service.name": f"ticketdesk-{part}", "service.version": release.split("@")[1]}
        )
        provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter(endpoint=f"{chosen.otlp_endpoint.rstrip('/')}/v1/traces")
        provider.add_span_processor(BatchSpanProcessor(exporter))
        trace.set_tracer_provider(provider)


@contextmanager
def span(
    name: str, attributes: Mapping[str, Any], carrier: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Trace what runs inside; nothing at all where no receiver is set.

    Args:
        carrier: headers of the caller, whose trace this one continues.
    """
    if not _traces():
        yield
        return
    from opentelemetry import propagate, trace

    with trace.get_tracer("ticketdesk").start_as_current_span(
        name,
        context=propagate.extract(carrier or {}),
        attributes=dict(attributes),
    ):
        yield


@lru_cache(maxsize=1)
def _traces() -> bool:
    return settings().otlp_endpoint is not None
