import { all, byId, show } from "../shared/dom";
import { boot, type Field, say, type StepName } from "./boot";
import { type Answer, isAsked, problem } from "./rules";

const form = byId<HTMLFormElement>("form");
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const controls = (field: Field) => all<Control>(`[name="${CSS.escape(field.name)}"]`, form);

/** The answer as it stands in the page. */
export function answerOf(field: Field): Answer {
  const found = controls(field) as HTMLInputElement[];
  if (field.type == "checkbox") return !!found[0]?.checked;
  if (field.type == "multiselect") return found.filter((box) => box.checked).map((box) => box.value);
  return found[0]?.value ?? "";
}

/** Writes an answer into the page, as a draft or the host page knew it. */
export function fill(name: string, answer: Answer) {
  const field = boot.fields.find((one) => one.name == name || one.name == `customFields.${name}`);
  if (!field) return;
  for (const control of controls(field)) {
    if (control instanceof HTMLInputElement && control.type == "checkbox")
      control.checked = Array.isArray(answer) ? answer.includes(control.value) : answer === true || answer === "true";
    else control.value = String(answer);
  }
}

export const asked = (field: Field) => isAsked(field, boot.fields, answerOf);

/** Shows and hides conditional fields after an answer changed. */
export function arrange() {
  for (const field of boot.fields) if (field.showWhen) show(byId(`row-${field.name}`), asked(field));
}

/** Writes what is wrong below a field, or clears it; answers whether the field is fine. */
export function mark(field: Field, message: string | null): boolean {
  const line = byId(`error-${field.name}`);
  line.textContent = message ?? "";
  show(line, !!message);
  for (const control of controls(field)) {
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  return !message;
}

export function check(field: Field): boolean {
  const wrong = asked(field) ? problem(field, answerOf(field)) : null;
  return mark(field, wrong && say(...wrong));
}

/** Checks a whole step and moves the focus to the first field that needs work. */
export function checkStep(step: StepName): boolean {
  const wrong = boot.fields.filter((field) => field.step == step).filter((field) => !check(field));
  if (wrong[0]) controls(wrong[0])[0]?.focus();
  return !wrong.length;
}

/** Errors appear when a field is left, and go while it is being put right. */
export function watch(changed: () => void) {
  const fieldOf = (event: Event) => boot.fields.find((field) => field.name == (event.target as Control).name);
  form.addEventListener("focusout", (event) => {
    const field = fieldOf(event);
    if (field && String(answerOf(field))) check(field);
  });
  form.addEventListener("input", (event) => {
    const field = fieldOf(event);
    if (!field) return;
    if (controls(field)[0]?.getAttribute("aria-invalid")) check(field);
    arrange();
    changed();
  });
}

/** All answers that count, by field name. */
export const answers = () =>
  Object.fromEntries(boot.fields.filter(asked).map((field) => [field.name, answerOf(field)]));
