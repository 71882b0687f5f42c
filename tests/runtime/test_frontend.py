"""A start with nothing changed asks no build; whatever changed or went missing is noticed."""

from pathlib import Path

import pytest

from ticketdesk.runtime import frontend
from ticketdesk.web import build, published
from ticketdesk.web import build_widget as widget


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout after its first start, with builders that cost nothing."""
    web, embed = tmp_path / ".web", tmp_path / "embed_widget"
    for folder in (tmp_path / "ticketdesk", web, embed / "src", embed / "dist"):
        folder.mkdir(parents=True)
    (tmp_path / "ticketdesk" / "page.py").write_text("one")
    (embed / "src" / "loader.ts").write_text("one")
    for name in widget._FILES:
        (embed / name).write_text("one")
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "_STAMP", web / "ticketdesk-sources")
    monkeypatch.setattr(published, "FOLDER", web / "published")
    monkeypatch.setattr(published, "_CURRENT", web / "published" / "current")
    monkeypatch.setattr(widget, "SOURCE", embed)
    monkeypatch.setattr(widget, "_STAMP", embed / "dist" / "built-from")

    def staff_app() -> bool:
        # As the real one ends: the fresh folder moves to where builds are kept.
        fresh = web / "build" / "client"
        fresh.mkdir(parents=True)
        published.publish(fresh, "0123456789abcdef")
        return True

    def widget_build() -> bool:
        widget._STAMP.write_text(widget.widget_inputs_digest())
        return True

    monkeypatch.setattr(build, "build", staff_app)
    monkeypatch.setattr(widget, "build_widget", widget_build)
    assert not frontend.nothing_changed()
    frontend.build_all()
    return tmp_path


def test_a_second_start_finds_nothing_to_build(built: Path) -> None:
    assert frontend.nothing_changed()


@pytest.mark.parametrize(
    "source", ["ticketdesk/page.py", "embed_widget/src/loader.ts", "embed_widget/vite.config.ts"]
)
def test_a_changed_source_is_noticed(source: str, built: Path) -> None:
    (built / source).write_text("two")

    assert not frontend.nothing_changed()


def test_a_build_that_was_removed_is_noticed(built: Path) -> None:
    published.current().rename(built / "elsewhere")

    assert not frontend.nothing_changed()
