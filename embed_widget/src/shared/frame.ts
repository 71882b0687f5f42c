const declared = new URLSearchParams(location.search).get("origin");

/** The page around us, as the loader named it; a stranger who frames us is told nothing he did not say himself. */
const parentOrigin = declared && window.parent != window && /^https?:\/\/[^/]+$/.test(declared) ? declared : null;

export const isFramed = window.parent != window;

/** Tells the page around us; the browser delivers it only to the named origin. */
export function tell(type: "ready" | "step" | "submitted" | "error" | "close", detail?: unknown) {
  if (parentOrigin) window.parent.postMessage({ eclipse: type, detail }, parentOrigin);
}

/** Takes values the page around us knows already, such as the name of who is signed in there. */
export function onPrefill(take: (values: Record<string, string>) => void) {
  addEventListener("message", ({ source, origin, data }) => {
    if (source != window.parent || origin != parentOrigin || data?.eclipse != "prefill") return;
    if (data.detail && typeof data.detail == "object") take(data.detail);
  });
}
