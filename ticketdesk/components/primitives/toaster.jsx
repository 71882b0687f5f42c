import { useEffect, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const LASTS = 6000;

const time = (toast) => toast.lasts || (toast.tone === "error" ? LASTS * 1.6 : LASTS);

// Shows what the server put into `items` ({id, text, tone, undo, lasts}), each once.
export function Toaster({ items = [], onUndo }) {
  const seen = useRef(new Set());
  const [shown, setShown] = useState([]);
  const drop = (id) => setShown((before) => before.filter((toast) => toast.id !== id));
  useEffect(() => {
    // After a reload the state still holds what was shown before it.
    const young = (toast) => Date.now() - toast.at < LASTS;
    const fresh = items.filter((toast) => !seen.current.has(toast.id) && young(toast));
    for (const toast of fresh) {
      seen.current.add(toast.id);
      setTimeout(drop, time(toast), toast.id);
    }
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
