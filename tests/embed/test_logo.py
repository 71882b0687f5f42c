"""An organization's logo: uploaded once, shown in form, tracking page and mails."""

from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import select

from tests.api.callers import token_of
from tests.support import samples
from ticketdesk import db
from ticketdesk.models import BrandLogo, Organization
from ticketdesk.services.mail.desk import mail_desk

URL = "/api/organization/logo"


@pytest.fixture
def admin(ada) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(ada)}"}


async def upload(visitor, key: dict, name: str = "logo.png", content: bytes = b"", kind: str = ""):
    content = content or samples.picture(size=(1200, 300))
    return await visitor.post(
        URL, files={"file": (name, content, kind or "image/png")}, headers=key
    )


async def test_a_logo_is_drawn_anew_and_shown_wherever_customers_look(
    visitor, admin, cast, body
) -> None:
    kept = await upload(visitor, admin)
    url = kept.json()["logoUrl"]
    shown = await visitor.get(url)
    form = await visitor.get("/embed/tickets?organizationId=acme")
    sent = await visitor.post("/api/embed/tickets/submit", json=body)
    tracked = await visitor.get(sent.json()["ticket"]["trackingUrl"])

    assert kept.status_code == 200, kept.text
    with Image.open(BytesIO(shown.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (480, 120))
    assert f'src="{url}"' in form.text
    assert f'src="{url}"' in tracked.text
    with db.tenant_session(cast.acme) as session:
        assert mail_desk(session, cast.acme).logo_url == f"http://localhost:8000{url}"


async def test_a_logo_is_kept_by_caches_for_ever_and_runs_nothing(visitor, admin) -> None:
    url = (await upload(visitor, admin)).json()["logoUrl"]
    shown = await visitor.get(url)
    same = await visitor.get(url, headers={"If-None-Match": shown.headers["ETag"]})

    assert "immutable" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert same.status_code == 304


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("x.svg", samples.SVG_SCRIPT, "image/svg+xml"),
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        ("x.png", samples.HTML, "image/png"),
        ("x.gif", samples.GIF_JS, "image/gif"),
        ("x.png", samples.pixel_bomb(), "image/png"),
        ("x.txt", b"a logo", "text/plain"),
        ("x.png", samples.picture()[:60], "image/png"),
    ],
)
async def test_what_is_no_safe_picture_is_no_logo(
    visitor, admin, cast, name: str, content: bytes, kind: str
) -> None:
    refused = await upload(visitor, admin, name, content, kind)

    assert refused.status_code == 415, refused.text
    with db.tenant_session(cast.acme) as session:
        assert session.get_one(Organization, cast.acme).settings.get("embedConfig", {}).get(
            "logoUrl"
        ) in (None, "")


async def test_only_admins_choose_the_logo(visitor, admin, grace) -> None:
    agent = {"Authorization": f"Bearer {token_of(grace)}"}

    assert (await upload(visitor, agent)).status_code == 403
    assert (await upload(visitor, {})).status_code == 401
    assert (await visitor.delete(URL, headers=agent)).status_code == 403


async def test_a_removed_logo_gives_way_to_the_name(visitor, admin) -> None:
    url = (await upload(visitor, admin)).json()["logoUrl"]
    removed = await visitor.delete(URL, headers=admin)
    form = await visitor.get("/embed/tickets?organizationId=acme")

    assert removed.status_code == 200
    assert url not in form.text
    # Mails that have been sent still show it.
    assert (await visitor.get(url)).status_code == 200


async def test_a_few_earlier_logos_stay_and_no_more(visitor, admin, cast) -> None:
    for colour in range(12):
        await upload(visitor, admin, content=samples.picture(colour=(colour, 9, 9)))
    with db.tenant_session(cast.acme) as session:
        assert len(session.exec(select(BrandLogo.id)).all()) == 10


@pytest.mark.parametrize("wrong", ["logo_0", "logo_" + "0" * 32, "x", "..%2f..%2fetc"])
async def test_an_unknown_logo_is_not_there(visitor, wrong: str) -> None:
    assert (await visitor.get(f"/embed/logo/{wrong}.png")).status_code == 404
