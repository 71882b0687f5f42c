import { icon, inkOn, make } from "./dom";
import { labels } from "./labels";
import type { Options } from "./options";
import { STYLE } from "./style";

export type EventName = "ready" | "opened" | "closed" | "step" | "submitted" | "unread" | "error";
export type Listener = (detail?: unknown) => void;
export type Values = Record<string, string>;

/** How long the frame may stay silent before we offer the form in a tab of its own, in milliseconds. */
const PATIENCE = 15000;

/**
 * One launcher with its dialog; the frame is only made at the first click.
 * A closure, not a class: its private names then cost nobody bytes.
 */
export function createWidget(options: Options, emit: (name: EventName, detail?: unknown) => void) {
  const { organizationId, base, theme, position, locale, color, prefill: values } = options;
  const host = document.createElement("eclipse-tickets");
  const words = labels(locale || navigator.language);
  const label = options.label || words[1];
  const dialog = make("dialog", { class: "d", "aria-label": label });
  const box = make("div", { class: `b ${theme} ${position.replace("-", " ")}`, dir: words[0] == "ar" ? "rtl" : "ltr" }, dialog);
  let frame: HTMLIFrameElement | undefined;
  let launcher: HTMLButtonElement | undefined;
  let loaded = false;

  /** Puts the launcher into the page, beside the body, where single-page routers do not sweep. */
  const mount = () => {
    if (!host.isConnected) document.documentElement.append(host);
  };
  const close = () => dialog.close();
  const post = (eclipse: string, detail: unknown) => {
    if (loaded) frame!.contentWindow!.postMessage({ eclipse, detail }, base);
  };
  const send = () => post("prefill", values);
  /** A chat that nobody looks at counts what comes; the frame cannot see by itself that it is closed. */
  const tellShown = () => post("shown", dialog.open);
  const load = () => {
    const wish = { organizationId, theme, locale, color };
    const page = `${base}/embed/${options.page}?${new URLSearchParams(wish)}`;
    frame = make("iframe", { src: `${page}&origin=${location.origin}`, title: label, allow: "clipboard-write" });
    const button = make("button", { type: "button", class: "x", "aria-label": words[2] }, icon("M6 6l12 12M18 6L6 18"));
    button.onclick = close;
    dialog.append(frame, button);
    setTimeout(() => {
      if (loaded) return;
      frame!.replaceWith(make("a", { href: page, target: "_blank", rel: "noopener" }, `${label} ↗`));
      emit("error", { reason: "frame" });
    }, PATIENCE);
  };
  const open = () => {
    mount();
    if (dialog.open) return;
    if (!frame) load();
    dialog.showModal();
    frame!.focus();
    tellShown();
    emit("opened");
  };

  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(box);
  if (CSS.supports("color", color)) {
    box.style.setProperty("--c", color);
    box.style.setProperty("--o", inkOn(color));
  }
  if (!options.hideLauncher) {
    launcher = make("button", { type: "button", class: "l", "aria-haspopup": "dialog" }, icon("M4 5h16v11H9l-5 4z"), label);
    launcher.onclick = open;
    box.prepend(launcher);
  }
  dialog.onclose = () => {
    tellShown();
    emit("closed");
  };
  // A click that lands on the dialog itself is one on its backdrop: the frame covers the rest.
  dialog.onclick = ({ target }) => target == dialog && close();
  addEventListener("message", ({ source, origin, data }) => {
    // Both must fit: our frame may have been navigated away, and any window may post to this one.
    if (!frame || source != frame.contentWindow || origin != base || !data) return;
    const type = data.eclipse;
    if (type == "ready") {
      loaded = true;
      send();
      tellShown();
    } else if (type == "close") close();
    else if (/^(step|submitted|unread|error)$/.test(type)) {
      if (type == "unread" && launcher) launcher.dataset.n = data.detail || "";
      emit(type, data.detail);
    }
  });

  return {
    id: organizationId,
    mount,
    open,
    close,
    prefill: (more: Values) => {
      Object.assign(values, more);
      send();
    },
  };
}
