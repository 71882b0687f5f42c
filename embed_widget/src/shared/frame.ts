const declared = new URLSearchParams(location.search).get("origin");

/** The page around us, as the loader named it; a stranger who frames us is told nothing he did not say himself. */
const parentOrigin = declared && window.parent != window && /^https?:\/\/[^/]+$/.test(declared) ? declared : null;

export const isFramed = window.parent != window;

/** Tells the page around us; the browser delivers it only to the named origin. */
export function tell(type: "ready" | "step" | "submitted" | "unread" | "error" | "close", detail?: unknown) {
  if (parentOrigin) window.parent.postMessage({ eclipse: type, detail }, parentOrigin);
}

const hear = (type: string, take: (detail: unknown) => void) =>
  addEventListener("message", ({ source, origin, data }) => {
    if (source == window.parent && origin == parentOrigin && data?.eclipse == type) take(data.detail);
  });

/** Takes values the page around us knows already, such as the name of who is signed in there. */
export const onPrefill = (take: (values: Record<string, string>) => void) =>
  hear("prefill", (detail) => detail && typeof detail == "object" && take(detail as Record<string, string>));

/** Hears whether the dialog around us is open: a frame is not told by the browser that it went out of sight. */
export const onShown = (take: (isShown: boolean) => void) => hear("shown", (detail) => take(detail === true));
