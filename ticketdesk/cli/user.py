"""`ticketdesk user`: members of an organization."""

from enum import StrEnum
from typing import Annotated

import typer

from ticketdesk.cli.connect import services

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Organization = Annotated[str, typer.Argument(help="Its short name or id.")]
Email = Annotated[str, typer.Argument(help="The member's address.")]
Password = Annotated[
    str,
    typer.Option(
        prompt=True,
        confirmation_prompt=True,
        hide_input=True,
        envvar="TICKETDESK_USER_PASSWORD",
        help="Better typed when asked, or given by the variable, than on the command line.",
    ),
]


class Role(StrEnum):
    """What a member is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    ADMIN = "admin"


@app.callback()
def user() -> None:
    """Add members, give them passwords, list who works here.

    Example: ticketdesk user add acme grace@acme.example --name "Grace Hopper" --role agent
    """


@app.command("add")
def add(
    organization: Organization,
    email: Email,
    name: Annotated[str, typer.Option(prompt=True, help="As others see it.")],
    password: Password,
    role: Annotated[Role, typer.Option(help="What the member is.")] = Role.AGENT,
) -> None:
    """Add a member.

    Example: ticketdesk user add acme grace@acme.example --name "Grace Hopper" --role agent
    """
    with services():
        from ticketdesk import unit_of_work
        from ticketdesk.models.enums import UserRole
        from ticketdesk.services import members, organizations

        made = unit_of_work.as_system(
            unit_of_work.across(organizations.find_id, organization),
            members.add,
            email=email,
            name=name,
            role=UserRole(role.name),
            password=password,
        )
        typer.echo(f"{made.name} ({made.email}) is now {made.role.value.lower()}, {made.id}.")


@app.command("password")
def password(organization: Organization, email: Email, password: Password) -> None:
    """Give a member a new password; whoever is signed in with the old one is signed out.

    Example: ticketdesk user password acme grace@acme.example
    """
    with services():
        from ticketdesk import unit_of_work
        from ticketdesk.services import organizations, passwords

        changed = unit_of_work.as_system(
            unit_of_work.across(organizations.find_id, organization),
            passwords.give,
            email=email,
            password=password,
        )
        typer.echo(f"{changed.email} has a new password.")


@app.command("list")
def list_members(organization: Organization) -> None:
    """List agents and admins.

    Example: ticketdesk user list acme
    """
    with services():
        from ticketdesk import unit_of_work
        from ticketdesk.services import members, organizations

        found = unit_of_work.as_system(
            unit_of_work.across(organizations.find_id, organization), members.agents
        )
        for member in found:
            typer.echo(f"{member.role.value.lower():<9} {member.email:<40} {member.name}")
