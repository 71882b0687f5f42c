import { useEffect, useSyncExternalStore } from "react";

// What is ticked in a list, by identifier: lines come, go and move, the ticks stay. `name` is the data
// attribute that holds a box's identifier, `factsOf` what is kept beside it.
export const ticksOf = (name, factsOf) => {
  let ticked = new Map();
  let anchor = "";
  const listeners = new Set();
  const subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const replace = (next) => {
    ticked = next;
    for (const listener of listeners) listener();
  };
  const boxes = () => [...document.querySelectorAll(`input[data-${name}]`)];
  const tick = (box, on, range) => {
    const all = boxes();
    const from = range ? all.findIndex((other) => other.dataset[name] === anchor) : -1;
    const to = all.indexOf(box);
    const chosen = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
    const next = new Map(ticked);
    for (const one of chosen) {
      if (on) next.set(one.dataset[name], factsOf(one));
      else next.delete(one.dataset[name]);
    }
    anchor = box.dataset[name];
    replace(next);
  };
  return {
    boxes,
    tick,
    size: () => ticked.size,
    anchor: () => anchor,
    clear: () => ticked.size && replace(new Map()),
    useTicked: () => useSyncExternalStore(subscribe, () => ticked, () => ticked),
    // For the box's own event: with Shift, everything between this one and the one before.
    onTick: (event) => tick(event.target, event.target.checked, event.nativeEvent.shiftKey),
  };
};

// Escape takes the ticks away, unless it closes something that is open above the list.
export const useEscape = (clear) =>
  useEffect(() => {
    const press = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .pop")) clear();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
