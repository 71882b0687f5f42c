import { byId, make, show } from "../shared/dom";

const line = byId("notice");

/** Says something about the form as a whole, politely to screen readers; an empty sentence clears it. */
export function notice(sentence: string, tone: "info" | "warn" = "info", action?: [label: string, act: () => void]) {
  line.replaceChildren(sentence);
  line.className = `notice ${tone}`;
  if (action) line.append(" ", make("button", { type: "button", class: "link", click: action[1] }, action[0]));
  show(line, !!sentence);
}
