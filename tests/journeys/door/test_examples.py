"""Every example of `examples/widget/`, run against the real thing."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.door.steps import fill_issue
from ticketdesk.web import node

EXAMPLES = Path(__file__).parents[3] / "examples/widget"
PRETENDED = "https://desk.example.com"


def example(name: str, door: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8").replace(PRETENDED, door)


@pytest.mark.parametrize(("name", "label"), [("plain.html", "Help"), ("strict-csp.html", "Ask us")])
def test_a_page_opens_the_form(door, shop, open_page, name: str, label: str) -> None:
    shop.html = example(name, door)
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name=label).click()

    expect(page.frame_locator("eclipse-tickets iframe").get_by_label("Name")).to_be_visible()


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], dict[str, str]]:
    """Bundle the application of a framework, as whoever copies the example would."""
    folder = tmp_path_factory.mktemp("examples") / "widget"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("node_modules"))
    node.run(node.npm(), "ci", "--ignore-scripts", "--loglevel=error", folder=folder)
    vite = folder / "node_modules/vite/bin/vite.js"

    def bundle(framework: str, door: str) -> dict[str, str]:
        for path in (folder / framework).glob("*.js"):
            path.write_text(example(f"{framework}/{path.name}", door), encoding="utf-8")
        node.run(vite, "build", framework, "--logLevel", "warn", folder=folder)
        built = folder / framework / "dist"
        files = {f"/{path.relative_to(built)}": path.read_text() for path in built.rglob("*.*")}
        return files

    return bundle


def test_a_react_application_opens_the_form_with_what_it_knows_and_hears_of_the_ticket(
    door, shop, open_page, bundled
) -> None:
    shop.files = bundled("react", door)
    shop.html = shop.files["/index.html"]
    shop.trusted_types = False  # setting a script's src is the example's own business
    page = open_page()
    page.goto(shop.url)
    expect(page.get_by_role("heading", name="A shop")).to_be_visible()
    page.get_by_role("button", name="Help").click()
    form = page.frame_locator("eclipse-tickets iframe")
    expect(form.get_by_label("Name")).to_have_value("Jane Doe")
    form.get_by_role("button", name="Next").click()
    fill_issue(form, "From React")
    form.get_by_role("button", name="Submit").click()
    expect(form.get_by_text("Thank you!")).to_be_visible()
    page.get_by_role("button", name="Close").click()

    expect(page.get_by_role("link", name=re.compile(r"ticket #\d+"))).to_be_visible()


def test_a_vue_application_opens_the_form_by_a_button_of_its_own(
    door, shop, open_page, bundled
) -> None:
    shop.files = bundled("vue", door)
    shop.html = shop.files["/index.html"]
    shop.trusted_types = False
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name="Write to us").click()

    expect(page.frame_locator("eclipse-tickets iframe").get_by_label("Name")).to_be_visible()
    expect(page.get_by_role("button", name="Help")).to_have_count(0)


def test_the_wordpress_plugin_writes_a_tag_that_opens_the_form(door, shop, open_page) -> None:
    tag = re.search(r"<script async.*?</script>", example("wordpress.php", door)).group(0)
    shop.page()
    shop.html = "<!doctype html><body>" + tag.replace('"%s"', '"de_DE"', 1).replace("%s", "")
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name="Hilfe").click()

    expect(page.frame_locator("eclipse-tickets iframe").get_by_label("Name")).to_be_visible()
