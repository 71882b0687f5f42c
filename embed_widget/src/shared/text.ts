/** Sentences of the page's language, inlined by the server; {name} marks what is filled in. */
export type Sentences = Record<string, string>;

/** Reads a JSON block the server put into the page. */
export function inlined<T>(id: string): T {
  return JSON.parse(document.getElementById(id)!.textContent!) as T;
}

/** A speaker of the given sentences: say("stepOf", {n: 1, total: 3}). */
export const speaker = (sentences: Sentences) => (key: string, filling: Record<string, string | number> = {}) =>
  (sentences[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole));
