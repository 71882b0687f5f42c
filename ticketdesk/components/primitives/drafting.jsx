import { useEffect, useLayoutEffect, useRef } from "react";

export const SAVE_AFTER = 700;
const TYPING_FOR = 4000;

// A second copy in the tab: the last words before a crash, a reload or the end of the session have not
// reached the server. They are their writer's: another member who signs in there never sees them.
const place = (writer, ticket, kind) => `draft:${writer}:${ticket}:${kind}`;

export const keep = (writer, ticket, kind, text) => {
  try {
    if (text) sessionStorage.setItem(place(writer, ticket, kind), text);
    else sessionStorage.removeItem(place(writer, ticket, kind));
  } catch {
    // The tab's store is full: the text is in the editor, and on the server where it is not too long.
    sessionStorage.removeItem(place(writer, ticket, kind));
  }
};

const dropOthers = (writer) => {
  const isOthers = (name) => name.startsWith("draft:") && !name.startsWith(`draft:${writer}:`);
  for (const name of Object.keys(sessionStorage).filter(isOthers)) sessionStorage.removeItem(name);
  sessionStorage.removeItem("ended");
};

export const kept = (writer, ticket, { reply, note }) => {
  // Nobody, while the server has forgotten the page.
  if (writer) dropOthers(writer);
  return {
    reply: sessionStorage.getItem(place(writer, ticket, "reply")) ?? reply,
    note: sessionStorage.getItem(place(writer, ticket, "note")) ?? note,
  };
};

// Saves a moment after the last change, and at once when the screen is left.
export function useSaver() {
  const waiting = useRef();
  const drop = () => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
  };
  useEffect(
    () => () => {
      const now = waiting.current?.now;
      drop();
      now?.();
    },
    [],
  );
  const save = (how, soon) => {
    drop();
    const now = () => {
      waiting.current = undefined;
      how();
    };
    waiting.current = { now, timer: setTimeout(now, soon) };
  };
  return { save, drop };
}

// The server may forget the page while one writes; its screen is then drawn anew, and one writes on where one
// was. Whoever left by themselves has put the focus elsewhere, or taken longer.
const GONE_FOR = 4000;
let left = null;
const isBack = () => left !== null && left.path === location.pathname && Date.now() - left.at < GONE_FOR;
export const lastKind = () => (isBack() ? left.kind : "reply");

export function useReturn(ticket, kind, handle) {
  const now = useRef();
  now.current = { ticket, kind };
  useLayoutEffect(
    () => () => {
      const caret = handle.current?.caret?.() ?? null;
      left = caret === null ? null : { ...now.current, caret, at: Date.now(), path: location.pathname };
    },
    [],
  );
  // Called once the editor stands.
  return () => {
    const before = isBack() ? left : null;
    left = null;
    if (before?.ticket !== now.current.ticket || before.kind !== now.current.kind) return;
    if (document.activeElement === document.body) handle.current?.focus(before.caret);
  };
}

// Tells that somebody is here, and that they type while they do.
export function useBeat(ticket, seconds, onBeat) {
  const typist = useRef();
  useEffect(() => {
    const here = (typing) => document.hidden || onBeat?.(typing);
    here(false);
    const again = () => here(Boolean(typist.current));
    const timer = setInterval(again, seconds * 1000);
    // Back in front of the ticket, one is there at once.
    document.addEventListener("visibilitychange", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [ticket]);
  const rest = () => {
    clearTimeout(typist.current);
    typist.current = undefined;
  };
  const type = () => {
    if (!typist.current) onBeat?.(true);
    clearTimeout(typist.current);
    typist.current = setTimeout(() => {
      rest();
      onBeat?.(false);
    }, TYPING_FOR);
  };
  return { type, rest };
}
