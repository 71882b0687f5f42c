"""What visitors do in the form, in the words of contract.md."""

from playwright.sync_api import FrameLocator, Page
from sqlmodel import select

from ticketdesk import db
from ticketdesk.models import Ticket

Form = Page | FrameLocator


def form_at(door: str, page: Page, query: str = "") -> Page:
    """Open acme's form, standing alone."""
    page.goto(f"{door}/embed/tickets?organizationId=acme{query}")
    return page


def fill_contact(form: Form, name: str = "Jane Doe", email: str = "jane@customer.example") -> None:
    """Fill the first step and go on."""
    form.get_by_label("Name").fill(name)
    form.get_by_label("Email").fill(email)
    form.get_by_role("button", name="Next").click()


def fill_issue(form: Form, subject: str = "Cannot log in") -> None:
    """Fill the second step and go on."""
    form.get_by_label("Category").select_option("Technical")
    form.get_by_label("Subject").fill(subject)
    form.get_by_label("Description").fill("It says: invalid credentials.")
    form.get_by_role("button", name="Next").click()


def tickets_named(organization: str, subject: str) -> list[Ticket]:
    """Return the tickets with a subject."""
    with db.tenant_session(organization) as session:
        return list(session.exec(select(Ticket).where(Ticket.subject == subject)).all())
