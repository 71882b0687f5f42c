import { useEffect, useRef } from "react";
import { Icon } from "$/ticketdesk/glyphs";

// The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back.
export function Dialog({ id, title, look = "", children, onClose }) {
  const ref = useRef();
  // The browser gives the focus to the first button, which closes; the one for it is marked.
  useEffect(() => {
    const dialog = ref.current;
    const look = () => dialog.open && dialog.querySelector("[data-first]")?.focus();
    dialog.addEventListener("toggle", look);
    return () => dialog.removeEventListener("toggle", look);
  }, []);
  const dismiss = (event) => event.target === ref.current && ref.current.close();
  return (
    <dialog ref={ref} id={id} className={`dialog ${look}`} aria-labelledby={`${id}-title`} onClick={dismiss} onClose={onClose}>
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={`${id}-title`}>{title}</h2>
          <button type="button" className="button quiet icon-only" aria-label="Close" onClick={() => ref.current.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

const typing = (target) =>
  target.isContentEditable || target.closest("input:not([type=checkbox]), textarea, select, [role=listbox], [cmdk-root], dialog");

// Shortcuts are declared where they act: `data-key` on the button, link or field; "g t" is a sequence.
export function Shortcuts() {
  useEffect(() => {
    let before = "";
    let timer;
    const press = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        const palette = document.getElementById("palette");
        if (palette && !palette.open) palette.showModal();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (typing(event.target) || document.querySelector("dialog[open]")) return;
      if (event.key === "?") {
        event.preventDefault();
        document.getElementById("keys")?.showModal();
        return;
      }
      if (event.key === "j" || event.key === "k") return walk(event);
      if (event.key === "x" || event.key === "X") return mark(event);
      const keys = before ? `${before} ${event.key}` : event.key;
      clearTimeout(timer);
      before = "";
      const owners = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)];
      const owner = owners.find((element) => !element.disabled && element.checkVisibility()) ?? owners.find((e) => e.tagName === "A");
      if (owner) {
        event.preventDefault();
        if (owner.matches("input, textarea")) owner.focus();
        else owner.click();
      } else if (event.key === "g") {
        before = "g";
        timer = setTimeout(() => (before = ""), 1200);
      }
    };
    const open = (event) => {
      const opener = event.target.closest?.("[data-opens]");
      if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    };
    document.addEventListener("keydown", press);
    document.addEventListener("click", open);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", open);
    };
  }, []);
  return null;
}

const walk = (event) => {
  const links = [...document.querySelectorAll("[data-row] a[data-row-link]")];
  if (links.length === 0) return;
  event.preventDefault();
  const row = document.activeElement.closest?.("[data-row]");
  const index = row ? links.findIndex((link) => row.contains(link)) : -1;
  const step = event.key === "j" ? 1 : -1;
  const next = links[Math.min(links.length - 1, Math.max(0, index + step))];
  next.focus({ preventScroll: true });
  next.closest("[data-row]").scrollIntoView({ block: "nearest" });
};

const mark = (event) => {
  const box = document.activeElement.closest?.("[data-row]")?.querySelector("input[type=checkbox]");
  if (!box) return;
  event.preventDefault();
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
};
