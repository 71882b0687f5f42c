"""Every example of `examples/widget/`, run against the real thing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

EXAMPLES = Path(__file__).parents[3] / "examples/widget"
PRETENDED = "https://desk.example.com"
# Stands in for the framework: it runs what an effect or a mounted hook would run.
FRAMEWORKS = {
    "react": "export const useEffect = effect => effect();",
    "vue": "export const onMounted = hook => hook();",
}


def example(name: str, door: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8").replace(PRETENDED, door)


@pytest.mark.parametrize(("name", "label"), [("plain.html", "Help"), ("strict-csp.html", "Ask us")])
def test_a_page_opens_the_form(door, shop, open_page, name: str, label: str) -> None:
    shop.html = example(name, door)
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name=label).click()

    expect(page.frame_locator("eclipse-tickets iframe").get_by_label("Name")).to_be_visible()


@pytest.mark.parametrize(
    ("framework", "use", "opens"),
    [
        ("react", 'useSupportWidget({organizationId: "acme", name: "Jane", email: ""});', "Help"),
        ("vue", 'useSupportWidget("acme").openForm();', ""),
    ],
)
def test_a_component_opens_the_form(
    door, shop, open_page, framework: str, use: str, opens: str
) -> None:
    code = example(f"{framework}.js", door).replace(f'from "{framework}"', 'from "/framework.js"')
    shop.page()
    shop.files = {
        "/framework.js": FRAMEWORKS[framework],
        "/component.js": code,
        "/app.js": f'import {{ useSupportWidget }} from "/component.js"; {use}',
    }
    shop.html = '<!doctype html><body><script type="module" src="/app.js"></script>'
    shop.trusted_types = False  # setting a script's src is the example's own business
    page = open_page()
    page.goto(shop.url)
    if opens:
        page.get_by_role("button", name=opens).click()
    form = page.frame_locator("eclipse-tickets iframe")

    expect(form.get_by_label("Name")).to_have_value("Jane" if opens else "")


def test_the_wordpress_plugin_writes_a_tag_that_opens_the_form(door, shop, open_page) -> None:
    tag = re.search(r"<script async.*?</script>", example("wordpress.php", door)).group(0)
    shop.page()
    shop.html = "<!doctype html><body>" + tag.replace('"%s"', '"de_DE"', 1).replace("%s", "")
    page = open_page()
    page.goto(shop.url)
    page.get_by_role("button", name="Hilfe").click()

    expect(page.frame_locator("eclipse-tickets iframe").get_by_label("Name")).to_be_visible()
