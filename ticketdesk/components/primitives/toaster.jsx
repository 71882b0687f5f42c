import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const LASTS = 6000;
const SEEN = "toasts-seen";
const REMEMBERED = 20;

// Kept with the tab: after a reload the state still holds what was shown before it.
const unseen = (items) => {
  const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");
  const fresh = items.filter((toast) => !seen.includes(toast.id));
  const known = [...seen, ...fresh.map((toast) => toast.id)].slice(-REMEMBERED);
  if (fresh.length) sessionStorage.setItem(SEEN, JSON.stringify(known));
  return fresh;
};

const time = (toast) => toast.lasts || (toast.tone === "error" ? LASTS * 1.6 : LASTS);

// The rows of buttons that end a form: a message must not lie on them.
const FEET = ".form-foot, .composer-foot";
const GAP = 8;

// How far above the lower edge the messages have to begin, so that no such row is under them.
const clearance = (region) => {
  const { left, right, height } = region.getBoundingClientRect();
  const feet = [...document.querySelectorAll(FEET)]
    .map((foot) => foot.getBoundingClientRect())
    .filter((foot) => foot.height && foot.right > left && foot.left < right)
    .sort((one, other) => other.bottom - one.bottom);
  let bottom = 0;
  for (const foot of feet) {
    const from = window.innerHeight - foot.bottom;
    const to = window.innerHeight - foot.top;
    if (to > 0 && from < bottom + height + 2 * GAP) bottom = Math.max(bottom, to);
  }
  return bottom + height + GAP < window.innerHeight ? bottom : 0;
};

const useClearance = (region, shown) => {
  const [lift, setLift] = useState(0);
  useLayoutEffect(() => {
    if (!shown.length) return undefined;
    const look = () => setLift(clearance(region.current));
    // A form that grows or shrinks moves its row without any scrolling.
    const forms = new ResizeObserver(look);
    for (const foot of document.querySelectorAll(FEET)) forms.observe(foot.parentElement);
    look();
    window.addEventListener("scroll", look, { capture: true, passive: true });
    window.addEventListener("resize", look);
    return () => {
      forms.disconnect();
      window.removeEventListener("scroll", look, { capture: true });
      window.removeEventListener("resize", look);
    };
  }, [shown]);
  return lift;
};

// Shows what the server put into `items` ({id, text, tone, undo, lasts}), each once.
export function Toaster({ items = [], onUndo }) {
  const [shown, setShown] = useState([]);
  const region = useRef(null);
  const lift = useClearance(region, shown);
  const drop = (id) => setShown((before) => before.filter((toast) => toast.id !== id));
  useEffect(() => {
    const fresh = unseen(items);
    for (const toast of fresh) setTimeout(drop, time(toast), toast.id);
    if (fresh.length) setShown((before) => [...before, ...fresh].slice(-3));
  }, [items]);
  return (
    <div
      ref={region}
      className="toasts"
      style={lift ? { marginBottom: `${lift}px` } : undefined}
      role="region"
      aria-label="Notices"
      aria-live="polite"
    >
      {shown.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`} role={toast.tone === "error" ? "alert" : undefined}>
          <Icon name={toast.tone === "error" ? "alert" : "check"} />
          <span>{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              className="toast-action"
              onClick={() => {
                onUndo?.(toast.id);
                drop(toast.id);
              }}
            >
              Undo
            </button>
          )}
          <button type="button" className="toast-close" aria-label="Dismiss" onClick={() => drop(toast.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
