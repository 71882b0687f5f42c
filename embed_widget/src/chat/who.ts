import { byId, show } from "../shared/dom";
import { onPrefill } from "../shared/frame";
import { boot, say } from "./boot";
import { keep, kept } from "./kept";

export const fields = { name: byId<HTMLInputElement>("name"), email: byId<HTMLInputElement>("email") };

function mark(field: HTMLInputElement, message: string) {
  const error = byId(`${field.id}-error`);
  error.textContent = message;
  show(error, !!message);
  if (message) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** Shows what the server says of a field. */
export function markAll(wrong: Record<string, string>) {
  for (const [name, field] of Object.entries(fields)) if (wrong[name]) mark(field, wrong[name]!);
}

/** Checks who writes, where a conversation begins; the server checks again. */
export function isKnown(): boolean {
  if (byId("who").hidden) return true;
  const email = fields.email.value.trim();
  mark(fields.name, boot.requireEmail && !fields.name.value.trim() ? say("error.required") : "");
  mark(fields.email, email ? (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? "" : say("error.email")) : boot.requireEmail ? say("error.required") : "");
  const wrong = Object.values(fields).find((field) => field.hasAttribute("aria-invalid"));
  wrong?.focus();
  if (!wrong) keep({ name: fields.name.value.trim(), email });
  return !wrong;
}

// Who is quick has written before the script came.
fields.name.value ||= kept().name;
fields.email.value ||= kept().email;
onPrefill(({ name, email }) => {
  if (name && !fields.name.value) fields.name.value = name;
  if (email && !fields.email.value) fields.email.value = email;
});
