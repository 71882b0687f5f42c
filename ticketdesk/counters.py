"""The counters that code increments where things happen."""

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SLOW = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)

REQUESTS = Counter(
    "ticketdesk_http_requests_total", "HTTP requests answered.", ["method", "route", "status"]
)
REQUEST_SECONDS = Histogram(
    "ticketdesk_http_request_seconds", "Time to answer a request.", ["route"], buckets=_FAST
)
CLIENTS = Gauge(
    "ticketdesk_connected_clients",
    "Browser tabs of staff connected by websocket.",
    multiprocess_mode="livesum",
)
JOBS = Counter("ticketdesk_jobs_total", "Background jobs done.", ["job", "outcome"])
JOB_SECONDS = Histogram("ticketdesk_job_seconds", "Time of a job.", ["job"], buckets=_SLOW)


def loaded() -> None:
    """Nothing: importing this module is what registers the counters."""
