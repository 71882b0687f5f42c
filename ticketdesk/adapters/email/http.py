"""What the HTTP providers share: one client, and errors turned into `DeliveryFailed`."""

import httpx

from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.outward.http import client_of

_LONGEST = 30.0  # seconds to hand over one mail, however large
_LARGEST = 1024 * 1024


def client(endpoint: str) -> httpx.Client:
    """Return how a provider's API is called."""
    return client_of(endpoint, _LONGEST, _LARGEST)


def post(
    client: httpx.Client, url: str, *, body: dict[str, object], headers: dict[str, str]
) -> httpx.Response:
    """POST JSON; network trouble, 401/403, 408, 429 and 5xx are failures worth a repeat.

    Any other answer is returned, 4xx included: what it means is the provider's own business.
    """
    try:
        answer = client.post(url, json=body, headers=headers)
    except httpx.HTTPError as error:
        words = f"{type(error).__name__}: {error}"
        raise DeliveryFailed(words, permanent=False, for_all=True) from error
    code = answer.status_code
    # 401/403 say that the key is wrong, not the mail: it can leave once the key is corrected.
    if code in {401, 403, 408, 429} or code >= 500:
        raise DeliveryFailed(f"HTTP {code}: {answer.text[:500]}", permanent=False, for_all=True)
    return answer
