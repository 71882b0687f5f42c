"""`ticketdesk init`: an organization for real."""

from typing import Annotated

import typer

from ticketdesk.cli.connect import services


def init(
    name: Annotated[str, typer.Option(prompt="Organization", help="The company's name.")],
    slug: Annotated[str, typer.Option(prompt="Short name in addresses", help="Like `acme`.")],
    email: Annotated[str, typer.Option(prompt="Admin's email", help="The first admin signs in.")],
    admin_name: Annotated[str, typer.Option(prompt="Admin's name", help="As customers see it.")],
    password: Annotated[
        str,
        typer.Option(
            prompt="Password",
            confirmation_prompt=True,
            hide_input=True,
            envvar="TICKETDESK_ADMIN_PASSWORD",
            help="Better typed when asked, or given by the variable, than on the command line.",
        ),
    ],
    timezone: Annotated[str, typer.Option(help="An IANA zone.")] = "UTC",
) -> None:
    """Make an organization and its first admin, without demo data. Migrates first if needed.

    Example: ticketdesk init --name "Example Ltd" --slug example --email me@example.com \
--admin-name "Me" --timezone Europe/Berlin
    """
    with services() as chosen:
        from ticketdesk import migrations, unit_of_work
        from ticketdesk.services import organizations

        migrations.migrate()
        made = unit_of_work.across(
            organizations.init,
            name=name,
            slug=slug,
            email=email,
            password=password,
            admin_name=admin_name,
            timezone=timezone,
        )
        typer.echo(f"Organization {made} is made; sign in at {chosen.base_url}/login as {email}.")
