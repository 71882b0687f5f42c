import "../chat.css";
import { byId, make, show } from "../shared/dom";
import { isFramed, tell } from "../shared/frame";
import { createUploads } from "../shared/uploads";
import { heard, seen } from "./attention";
import { boot, say } from "./boot";
import { follow } from "./follow";
import { drop, forget, keep, kept, type Outgoing } from "./kept";
import { append, clear, firstId, has, lastId, prepend, showFacts, showWaiting, toEnd } from "./messages";
import { createOutbox } from "./outbox";
import { type Facts, history, type Message, type Page, type Problem, sign } from "./server";
import { fields, isKnown, markAll } from "./who";

const box = byId<HTMLTextAreaElement>("message");
const composer = byId<HTMLFormElement>("composer");
const TYPING_EVERY = 3000;
const TYPING_LASTS = 7000;
let run = 0;
let isAway = boot.isAway;
let isClosed = false;
let toldTyping = 0;
let followed = "";
let typingTimer = 0;

const line = byId("notice");
function notice(sentence: string, tone: "info" | "warn" = "info", action?: [label: string, act: () => void]) {
  line.replaceChildren(sentence);
  line.className = `notice ${tone}`;
  if (action) line.append(" ", make("button", { type: "button", class: "link", click: action[1] }, action[0]));
  show(line, !!sentence);
}

const uploads = createUploads({
  input: byId<HTMLInputElement>("files"),
  zone: composer,
  list: byId("file-list"),
  limits: boot.uploads,
  url: boot.uploadTo,
  fields: { organizationId: boot.organizationId },
  say,
  changed: () => undefined,
});

/** Goes to the ticket form and takes along what was written. */
async function leaveMessage() {
  await uploads.settled();
  const { name, email, outbox } = kept();
  const description = [...outbox.map(({ content }) => content), box.value.trim()].filter(Boolean).join("\n\n");
  const files = [...outbox.flatMap((one) => one.files), ...uploads.stored()];
  const answers = { requesterName: fields.name.value || name, requesterEmail: fields.email.value || email, description };
  keep({ typed: "" });
  for (const { clientId } of outbox) drop(clientId);
  // Behind the #: it reaches the next page, but no server and no log.
  location.href = `${boot.form}${location.search}#carried=${encodeURIComponent(JSON.stringify({ answers, files }))}`;
}

/** Shows what can be done now: ask who writes, write, begin anew, or leave a message. */
function arrange() {
  const isNew = !kept().token && !kept().outbox.length;
  show(byId("who"), isNew && !isAway);
  show(byId("greeting"), isNew && !isAway);
  show(byId("leave"), isAway);
  show(byId("by-form"), !isAway);
  show(byId("send"), !isAway);
  show(byId("closed"), isClosed);
  show(composer, !isClosed);
  if (isAway) notice(say("away"), "warn");
}

function take(facts: Facts) {
  const was = isAway;
  isAway = facts.isAway;
  isClosed = facts.isClosed;
  byId("agent").textContent = facts.agent ? say("here", { name: facts.agent }) : "";
  showFacts(facts);
  if (was && !isAway) notice("");
  arrange();
}

function typing(names: string[]) {
  clearTimeout(typingTimer);
  byId("typing").textContent = names.length ? say("typing", { name: names.join(", ") }) : "";
  if (names.length) typingTimer = window.setTimeout(() => typing([]), TYPING_LASTS);
}

/** Takes over a page of the history; what is on screen already stays as it is. */
function show_(page: Page) {
  if (page.token) keep({ token: page.token });
  const isGap = lastId() && page.hasOlder && !page.messages.some(({ id }) => has(id));
  if (isGap) clear();
  if (!lastId()) show(byId("older"), page.hasOlder);
  append(page.messages.filter(({ id }) => !has(id)));
  take(page.facts);
  seen();
}

async function byHand() {
  const page = await history();
  if (page.kind == "done") show_(page.answer);
}

/** Leaves the conversation; the next message begins another one. */
function quit() {
  run += 1;
  followed = "";
  clear();
  isClosed = false;
  show(byId("older"), false);
}

function over() {
  quit();
  forget();
  notice(say("over"));
  arrange();
}

/** Reads the conversation and follows it; each beginning ends the run before. */
async function begin() {
  const mine = (run += 1);
  followed = kept().key;
  const page = await history();
  if (mine != run) return;
  if (page.kind == "over") return over();
  if (page.kind == "done") {
    show_(page.answer);
    toEnd();
  }
  follow({
    isOn: () => mine == run,
    last: lastId,
    byHand,
    broken: (isBroken) => isBroken && !isAway && notice(say(navigator.onLine ? "unreachable" : "offline"), "warn"),
    happened: (kind, facts) => {
      if (kind == "message") {
        append([facts as Message]);
        if ((facts as Message).role != "USER") typing([]);
        heard((facts as Message).role != "USER");
      } else if (kind == "changed" && has((facts as Message).id)) append([facts as Message]);
      else if (kind == "facts") {
        take(facts as Facts);
        if (!isAway && !kept().outbox.length) notice("");
      } else if (kind == "typing") typing((facts as { names: string[] }).names);
      else if (kind == "over") over();
    },
  });
}

function back(message: Outgoing, why: Problem) {
  box.value = [message.content, box.value].filter(Boolean).join("\n");
  uploads.restore(message.files);
  if (why.kind == "away") isAway = true;
  else if (why.kind == "closed") isClosed = true;
  else if (why.kind == "over") over();
  else if (why.kind == "wrong") {
    notice(Object.values(why.fields)[0] ?? why.message, "warn");
    markAll(why.fields);
  }
  arrange();
  grow();
}

const outbox = createOutbox({
  started: ({ token, facts }) => {
    keep({ token });
    take(facts);
    begin();
  },
  sent: join,
  waits: (why) => {
    if (!why) notice("");
    else if (why.kind == "wait") notice(say("slow", { seconds: why.seconds }), "warn");
    else notice(say(navigator.onLine ? "unreachable" : "offline"), "warn", [say("tryNow"), () => outbox.go()]);
  },
  back,
  changed: () => {
    showWaiting();
    arrange();
  },
});

/** Follows the conversation that another tab of this browser began, or leaves one that it left. */
function join() {
  const { key, token } = kept();
  if (token ? key == followed : !followed) return;
  quit();
  if (token) begin();
  arrange();
}

async function submit() {
  if (isAway) return leaveMessage();
  if (!isKnown()) return;
  await uploads.settled();
  const files = uploads.stored();
  const content = box.value.trim() || files.map(({ name }) => name).join(", ");
  if (!content) return box.focus();
  if (content.length > boot.maxLength) return notice(say("error.tooLong", { max: boot.maxLength.toLocaleString() }), "warn");
  notice("");
  box.value = "";
  keep({ typed: "" });
  uploads.clear();
  toldTyping = 0;
  outbox.add(content, files);
  toEnd();
  grow();
  box.focus();
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight * 0.3)}px`;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener("keydown", (event) => {
  // Enter also ends the choice of a character in other scripts; that is no sending.
  if (event.key != "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
box.addEventListener("input", () => {
  keep({ typed: box.value });
  grow();
  const isWriting = !!box.value.trim();
  if (!kept().token || (isWriting && Date.now() - toldTyping < TYPING_EVERY)) return;
  toldTyping = isWriting ? Date.now() : 0;
  sign({ typing: isWriting });
});
byId("attach").onclick = () => byId("files").click();
byId("leave").onclick = leaveMessage;
byId("by-form").onclick = (event) => {
  event.preventDefault();
  leaveMessage();
};
byId("again").onclick = () => {
  quit();
  forget();
  isAway = boot.isAway;
  byId("agent").textContent = "";
  arrange();
  box.focus();
};
byId("older").onclick = async () => {
  const page = await history(firstId());
  if (page.kind != "done") return;
  prepend(page.answer.messages);
  show(byId("older"), page.answer.hasOlder);
  showFacts(page.answer.facts);
};
byId("log").addEventListener("scroll", seen);
addEventListener("offline", () => notice(say("offline"), "warn"));
addEventListener("online", () => {
  notice("");
  outbox.go();
});
addEventListener("keydown", (event) => event.key == "Escape" && isFramed && tell("close"));
// Another tab of this browser changed what it knows.
addEventListener("storage", () => {
  showWaiting();
  arrange();
  join();
});
document.documentElement.classList.add("js");
document.documentElement.classList.toggle("framed", isFramed);
box.value ||= kept().typed;
grow();
showWaiting();
arrange();
if (kept().token) begin();
outbox.go();
if (isFramed && matchMedia("(pointer: fine)").matches) (kept().token ? box : fields.name).focus();
tell("ready");
