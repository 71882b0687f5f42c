import "../form.css";
import { byId } from "../shared/dom";
import { createUploads } from "../shared/uploads";
import { answers, arrange, fill, mark, watch } from "./answers";
import { boot, isPreview, say } from "./boot";
import { isFramed, onPrefill, tell } from "../shared/frame";
import { prepareProof } from "./captcha";
import { carried } from "./carried";
import { confirm } from "./done";
import { dropDraft, loadDraft, saveDraft } from "./draft";
import { notice } from "./notice";
import { back, checkAll, go, group, isLast, next } from "./steps";
import { bodyOf, type Outcome, send } from "./submit";
import { count } from "./visits";

const form = byId<HTMLFormElement>("form");
const button = byId<HTMLButtonElement>("submit");
let isTouched = false;
let isSent = false;
let retry = 0;
let tries = 0;

const keep = () => {
  if (!isTouched && boot.captcha.mode == "always") prepareProof();
  isTouched = !isPreview;
  isSent = false;
  if (!isPreview) saveDraft(answers(), uploads.stored());
};

const uploads = createUploads({
  input: byId<HTMLInputElement>("files"),
  zone: byId("zone"),
  list: byId("file-list"),
  limits: boot.uploads,
  url: `${boot.api}/uploads`,
  fields: { organizationId: boot.organizationId },
  say,
  changed: () => keep(),
});

function startOver() {
  dropDraft();
  form.reset();
  uploads.clear();
  notice("");
  arrange();
  isTouched = false;
  go("contact");
}

/** Waits as told, or longer each time, and sends again by itself. */
function again(seconds: number, sentence: string) {
  clearTimeout(retry);
  notice(sentence, "warn", [say("tryNow"), submit]);
  retry = window.setTimeout(submit, seconds * 1000);
}

function show(outcome: Outcome) {
  if (outcome.kind == "sent") {
    isSent = true;
    tries = 0;
    notice("");
    dropDraft();
    tell("submitted", { ticketNumber: outcome.ticket.ticketNumber, trackingUrl: outcome.ticket.trackingUrl });
    count("submitted");
    confirm(outcome.ticket, String(answers().requesterEmail ?? ""), startOver);
  } else if (outcome.kind == "unreachable") {
    tries += 1;
    tell("error", { reason: "unreachable" });
    again(Math.min(2 ** tries, 60), say(navigator.onLine ? "unreachable" : "offline"));
  } else if (outcome.kind == "wait") {
    again(outcome.seconds, say("tooMany", { minutes: Math.ceil(outcome.seconds / 60) }));
  } else if (outcome.kind == "wrong") {
    notice(outcome.message, "warn");
    const named = boot.fields.filter((field) => outcome.fields[field.name]);
    for (const field of named) mark(field, outcome.fields[field.name]!);
    if (named[0]) go(named[0].step);
  } else notice(outcome.message, "warn");
}

async function submit() {
  clearTimeout(retry);
  if (button.disabled || !checkAll()) return;
  if (isPreview) return confirm({ ticketNumber: 1001, trackingUrl: "#" }, String(answers().requesterEmail ?? ""), startOver);
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const label = button.textContent;
  button.textContent = say("sending");
  const broken = uploads.broken();
  await uploads.settled();
  // Nobody has seen yet that a file did not arrive: it must not be missing in silence.
  const isWhole = uploads.broken() <= broken;
  const outcome = isWhole && (await send(bodyOf(answers(), uploads.stored().map(({ id }) => id))));
  button.disabled = false;
  button.removeAttribute("aria-busy");
  button.textContent = label;
  if (outcome) show(outcome);
  else notice(say("files.failed"), "warn");
}

form.noValidate = true;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isLast()) submit();
  else next();
});
byId("next").onclick = next;
byId("back").onclick = back;
watch(keep);

onPrefill((values) => {
  const now = answers();
  for (const [name, value] of Object.entries(values)) {
    const known = { name: "requesterName", email: "requesterEmail", phone: "requesterPhone" }[name] ?? name;
    // What the person typed stands above what the page believes.
    if (!now[known]) fill(known, String(value));
  }
  arrange();
});

const draft = isPreview ? undefined : loadDraft();
if (draft) {
  for (const [name, answer] of Object.entries(draft.answers)) fill(name, answer);
  uploads.restore(draft.files);
  if (!byId("done").hidden) dropDraft();
  else notice(say("restored"), "info", [say("startOver"), startOver]);
}

const brought = carried();
if (brought) {
  for (const [name, answer] of Object.entries(brought.answers)) fill(name, answer);
  uploads.restore(brought.files);
  notice("");
  keep();
}

addEventListener("offline", () => notice(say("offline"), "warn"));
addEventListener("online", () => (tries ? submit() : notice("")));
addEventListener("pagehide", () => isTouched && !isSent && count("abandoned"));
addEventListener("keydown", (event) => event.key == "Escape" && isFramed && tell("close"));

document.documentElement.classList.add("js");
document.documentElement.classList.toggle("framed", isFramed);
group();
arrange();
go("contact", false);
// A preview may begin where there is something to see.
const first = location.hash.slice(1);
if (isPreview && (first == "issue" || first == "attachments")) go(first, false);
// In a dialog the first question is what the person came for; a phone would only raise its keyboard.
// A preview beside its settings must not take the focus from whoever writes there.
if (isFramed && !isPreview && matchMedia("(pointer: fine)").matches) form.querySelector<HTMLElement>("section input")!.focus();
tell("ready");
count("opened");
