"""Lists whose change of one row sends one row.

Reflex sends a changed var whole. So each row is a var of its own, its slot, and a short list of
slot numbers holds the order: a changed row sends its slot, a new row its slot and the order.
"""

from typing import Any

import reflex as rx

Row = dict[str, Any]


def declare(state: type[rx.State], count: int) -> None:
    """Give a State class `count` slots, `row_0` and so on; it has `order` and `_slots` itself."""
    for slot in range(count):
        state.add_var(f"row_{slot}", Row, {})


def put(state: Any, rows: list[Row], count: int) -> None:
    """Show `rows`, each with a unique `id`, in this order.

    Known rows keep their slots, and only those that differ are set.

    Args:
        state: a State with slots.
        count: how many it has; there are at most as many rows.
    """
    wanted = {row["id"] for row in rows}
    kept = {key: slot for key, slot in state._slots.items() if key in wanted}
    free = iter(sorted(set(range(count)) - set(kept.values())))
    for row in rows:
        slot = kept.get(row["id"])
        if slot is None:
            slot = kept[row["id"]] = next(free)
        if getattr(state, f"row_{slot}") != row:
            setattr(state, f"row_{slot}", row)
    order = [kept[row["id"]] for row in rows]
    if order != state.order:
        state.order = order
    if kept != state._slots:
        state._slots = kept


def at(state: type[Any], slot: rx.Var[int]) -> rx.Var[Row]:
    """The row in a slot whose number only the browser knows."""
    order = state.order
    name = str(order).rsplit(".", 1)[0]
    return rx.Var(
        _js_expr=f'{name}["row_" + {slot!s} + "_rx_state_"]',
        _var_type=Row,
        _var_data=order._get_all_var_data(),
    ).to(Row)
