"""Every example of `examples/widget/`, run against the real thing."""

import html
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


# What the calls in the plugin give for somebody who is signed in (WordPress' own reference).
WORDPRESS = {
    "get_locale()": "de_DE",
    "$user->exists() ? $user->display_name : ''": 'Jane "JD" <Doe>',
    "$user->exists() ? $user->user_email : ''": "jane@customer.example",
}


def written_by(plugin: str) -> str:
    """What the plugin prints: one `printf` of a plain text, filled with escaped values only."""
    text, filling = re.search(r"printf\(\s*'([^']*)',(.*?)\n\t\);", plugin, re.DOTALL).groups()
    calls = [line.strip().removesuffix(",") for line in filling.strip().splitlines()]
    values = [WORDPRESS[re.fullmatch(r"esc_attr\( (.+) \)", call).group(1)] for call in calls]
    assert re.findall(r"%.", text) == ["%s"] * len(values)
    return text % tuple(html.escape(value) for value in values)


def test_the_wordpress_plugin_writes_a_tag_that_opens_the_form_with_what_it_knows(
    door, shop, open_page
) -> None:
    plugin = example("wordpress.php", door)
    assert re.match(r"<\?php\s+/\*\*\s+\* Plugin Name: \S", plugin)
    assert "add_action( 'wp_footer', function ()" in plugin
    assert "$user = wp_get_current_user();" in plugin
    shop.page()
    shop.html = "<!doctype html><body>" + written_by(plugin)
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name="Hilfe").click()
    form = page.frame_locator("eclipse-tickets iframe")

    expect(form.get_by_role("heading", name="Wie können wir helfen?")).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value('Jane "JD" <Doe>')
    expect(form.get_by_label("E-Mail")).to_have_value("jane@customer.example")
