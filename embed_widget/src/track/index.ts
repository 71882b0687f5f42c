import "../track.css";
import { byId, make, show } from "../shared/dom";
import { follow } from "../shared/live";
import { localise } from "../shared/times";
import { inlined, type Sentences, speaker } from "../shared/text";
import { createUploads, type UploadLimits } from "../shared/uploads";

interface Boot {
  /** Path of this page, with the ticket's token in it. */
  path: string;
  uploads: UploadLimits;
  text: Sentences;
}

const boot = inlined<Boot>("boot");
const say = speaker(boot.text);
const form = byId<HTMLFormElement>("answer");
const content = byId<HTMLTextAreaElement>("content");

const uploads = createUploads({
  input: byId<HTMLInputElement>("files"),
  zone: byId("zone"),
  list: byId("file-list"),
  limits: boot.uploads,
  url: `${boot.path}/uploads`,
  fields: {},
  say,
  changed: () => undefined,
});

form.addEventListener("submit", async (event) => {
  const { submitter } = event as SubmitEvent;
  const button = submitter as HTMLButtonElement;
  if (button.value == "answer" && !content.value.trim()) {
    event.preventDefault();
    content.setAttribute("aria-invalid", "true");
    byId("content-error").textContent = say("error.required");
    show(byId("content-error"), true);
    content.focus();
    return;
  }
  event.preventDefault();
  if (form.ariaBusy == "true") return;
  form.ariaBusy = "true";
  const broken = uploads.broken();
  await uploads.settled();
  form.ariaBusy = null;
  // Nobody has seen yet that a file did not arrive: it must not be missing in silence.
  if (uploads.broken() > broken) return;
  form.ariaBusy = "true";
  for (const { id } of uploads.stored()) form.append(make("input", { type: "hidden", name: "attachment", value: id }));
  form.append(make("input", { type: "hidden", name: "do", value: button.value }));
  form.submit();
});

document.documentElement.classList.add("js");
localise();
follow(boot.path);
