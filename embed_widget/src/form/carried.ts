import type { Stored } from "../shared/uploads";

interface Carried {
  answers: Record<string, string>;
  files: Stored[];
}

/** What was written in a chat that nobody could answer: it comes behind the #, which no server and no log sees. */
export function carried(): Carried | undefined {
  const text = /^#carried=(.+)/.exec(location.hash)?.[1];
  if (!text) return;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    const { answers, files } = JSON.parse(decodeURIComponent(text)) as Carried;
    const said = Object.entries(answers).filter(([, answer]) => answer && typeof answer == "string");
    return { answers: Object.fromEntries(said), files: Array.isArray(files) ? files : [] };
  } catch {
    // Somebody cut the address short: the form is simply empty.
    return;
  }
}
