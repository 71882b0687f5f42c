import { all, byId, show } from "../shared/dom";
import { checkStep } from "./answers";
import { say, type StepName } from "./boot";
import { tell } from "../shared/frame";
import { count } from "./visits";

const ORDER: StepName[] = ["contact", "issue", "attachments"];
let at = 0;

/** Makes named groups of the sections: the list of steps stands in for their headings. */
export function group() {
  for (const section of all("section[data-step]")) {
    const heading = byId(section.getAttribute("aria-labelledby")!);
    section.removeAttribute("aria-labelledby");
    section.role = "group";
    section.ariaLabel = heading.textContent;
    section.tabIndex = -1;
    heading.remove();
  }
}

export const isLast = () => at == ORDER.length - 1;

/** Shows one step; the others keep everything they hold. */
export function go(step: StepName, isMove = true) {
  at = ORDER.indexOf(step);
  for (const section of all("section[data-step]")) show(section, section.dataset.step == step);
  all("#steps li").forEach((item, index) => {
    item.className = index < at ? "past" : "";
    if (index == at) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  show(byId("back"), at > 0);
  show(byId("next"), !isLast());
  show(byId("submit"), isLast());
  byId("progress").textContent = say("stepOf", { n: at + 1, total: ORDER.length });
  if (!isMove) return;
  // The step, not its first field: a phone's keyboard would cover it at once.
  all(`section[data-step="${step}"]`)[0]!.focus();
  tell("step", { step });
  count("step", step);
}

export function next() {
  if (checkStep(ORDER[at]!) && !isLast()) go(ORDER[at + 1]!);
}

export function back() {
  if (at > 0) go(ORDER[at - 1]!);
}

/** Checks every step and stops at the first that needs work. */
export function checkAll(): boolean {
  const wrong = ORDER.find((step) => !checkStep(step));
  if (!wrong) return true;
  go(wrong);
  return checkStep(wrong);
}
