import { useRef } from "react";

const linesOf = (list) => [...list.querySelectorAll(":scope > [data-id]")];

// Lines are dragged by their handles, with a mouse, a finger or a pen; the arrow keys do the same.
export function Sortable({ children, className, onPlace }) {
  const list = useRef();
  const drag = useRef(null);

  const mark = (target) => {
    for (const [i, line] of linesOf(list.current).entries()) {
      line.classList.toggle("drop-before", target !== null && i === target && i < drag.current.from);
      line.classList.toggle("drop-after", target !== null && i === target && i > drag.current.from);
    }
  };
  const begin = (event) => {
    const handle = event.target.closest(".drag-handle");
    const line = handle?.closest("[data-id]");
    if (!line || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    list.current.setPointerCapture(event.pointerId);
    const from = linesOf(list.current).indexOf(line);
    drag.current = { line, from, to: from };
    line.classList.add("dragged");
  };
  const move = (event) => {
    if (!drag.current) return;
    const lines = linesOf(list.current);
    const at = lines.findIndex((line) => event.clientY < line.getBoundingClientRect().bottom);
    drag.current.to = at === -1 ? lines.length - 1 : at;
    mark(drag.current.to);
  };
  const end = (event) => {
    if (!drag.current) return;
    const { line, from, to } = drag.current;
    mark(null);
    line.classList.remove("dragged");
    drag.current = null;
    if (event.type === "pointerup" && to !== from) onPlace?.(line.dataset.id, to);
  };
  const press = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const line = event.target.closest(".drag-handle")?.closest("[data-id]");
    if (!step || !line) return;
    event.preventDefault();
    const lines = linesOf(list.current);
    const to = lines.indexOf(line) + step;
    if (to >= 0 && to < lines.length) onPlace?.(line.dataset.id, to);
  };

  return (
    <ol
      ref={list}
      className={className}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={press}
    >
      {children}
    </ol>
  );
}
