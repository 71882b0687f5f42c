import { useEffect, useState } from "react";
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

// Shows what the server put into `items` ({id, text, tone, undo, lasts}), each once.
export function Toaster({ items = [], onUndo }) {
  const [shown, setShown] = useState([]);
  const drop = (id) => setShown((before) => before.filter((toast) => toast.id !== id));
  useEffect(() => {
    const fresh = unseen(items);
    for (const toast of fresh) setTimeout(drop, time(toast), toast.id);
    if (fresh.length) setShown((before) => [...before, ...fresh].slice(-3));
  }, [items]);
  return (
    <div className="toasts" role="region" aria-label="Notices" aria-live="polite">
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
