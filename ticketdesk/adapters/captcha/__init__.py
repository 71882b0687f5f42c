"""Proofs that a person sends a form: one of our own hosting, two hosted by others, and a twin."""

from ticketdesk.adapters.captcha.altcha import Altcha
from ticketdesk.adapters.captcha.base import Captcha, Verdict
from ticketdesk.adapters.captcha.development import DevelopmentCaptcha
from ticketdesk.adapters.captcha.hosted import HCaptcha, Turnstile

__all__ = ["Altcha", "Captcha", "DevelopmentCaptcha", "HCaptcha", "Turnstile", "Verdict"]
