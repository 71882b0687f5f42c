"""A change of one row sets one slot."""

from types import SimpleNamespace

from ticketdesk.state import slots


class Page(SimpleNamespace):
    """A State's slots, and what was set on them."""

    def __init__(self, count: int) -> None:
        super().__init__(order=[], _slots={}, **{f"row_{n}": {} for n in range(count)})
        self.__dict__["written"] = []

    def __setattr__(self, name, value):
        self.__dict__.setdefault("written", []).append(name)
        super().__setattr__(name, value)


def rows(*words: str):
    return [{"id": word[0], "text": word} for word in words]


def shown(page: Page) -> list[str]:
    return [getattr(page, f"row_{slot}")["text"] for slot in page.order]


def put(page: Page, *words: str) -> list[str]:
    page.written.clear()
    slots.put(page, rows(*words), 5)
    return sorted(name for name in page.written if name != "_slots")


def test_a_changed_row_sets_its_slot_and_nothing_else():
    page = Page(5)
    put(page, "a1", "b1", "c1")
    assert put(page, "a1", "b2", "c1") == ["row_1"]
    assert shown(page) == ["a1", "b2", "c1"]


def test_a_new_row_at_the_top_sets_its_slot_and_the_order():
    page = Page(5)
    put(page, "a1", "b1")
    assert put(page, "c1", "a1", "b1") == ["order", "row_2"]
    assert shown(page) == ["c1", "a1", "b1"]


def test_a_row_that_moves_sets_the_order_only():
    page = Page(5)
    put(page, "a1", "b1", "c1")
    assert put(page, "c1", "a1", "b1") == ["order"]


def test_the_slot_of_a_row_that_left_is_used_again():
    page = Page(5)
    put(page, "a1", "b1", "c1", "d1", "e1")
    put(page, "b1", "c1", "d1", "e1", "f1")
    assert shown(page) == ["b1", "c1", "d1", "e1", "f1"]


def test_nothing_new_sets_nothing():
    page = Page(5)
    put(page, "a1", "b1")
    assert put(page, "a1", "b1") == []
