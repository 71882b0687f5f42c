import { byId, make, show } from "../shared/dom";
import { inUnits } from "../shared/uploads";
import { say } from "./boot";
import { kept } from "./kept";
import { type ChatFile, type Facts, freshFile, type Message } from "./server";

const log = byId("messages");
const scroller = byId("log");
const SHOWN = 3000;
const STALE = 50 * 60 * 1000;
const known = new Map<string, HTMLLIElement>();
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
let last = "";

export const lastId = () => last;
export const has = (id: string) => known.has(id);

const NEAR = 60;
export const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
export const toEnd = () => (scroller.scrollTop = scroller.scrollHeight);

function fileOf(file: ChatFile, at: number): Node {
  const link = make("a", { class: file.thumbnailUrl ? "picture" : "file", href: file.url || undefined, target: "_blank", rel: "noopener" });
  if (file.thumbnailUrl) link.append(make("img", { src: file.thumbnailUrl, alt: file.name, loading: "lazy", load: () => wasAtEnd && toEnd() }));
  else link.append(make("span", { class: "name" }, file.name), make("span", { class: "size" }, inUnits(file.size)));
  // Addresses are good for an hour; an older page asks for a fresh one.
  link.addEventListener("click", async (event) => {
    if (Date.now() - at < STALE) return;
    event.preventDefault();
    const fresh = await freshFile(file.id);
    if (fresh.kind == "done") window.open(fresh.answer.file.url, "_blank", "noopener");
  });
  return link;
}

let wasAtEnd = true;
scroller.addEventListener("scroll", () => (wasAtEnd = isAtEnd()));
// Pictures, the composer and the keyboard of a phone change heights.
new ResizeObserver(() => wasAtEnd && toEnd()).observe(scroller);

function words(content: string): Node[] {
  if (content.length <= SHOWN) return [make("p", { dir: "auto" }, content)];
  const text = make("p", { dir: "auto" }, `${content.slice(0, SHOWN)}…`);
  const more = make("button", { type: "button", class: "link" }, say("more"));
  more.onclick = () => {
    text.textContent = content;
    more.remove();
  };
  return [text, more];
}

function draw(message: Message): HTMLLIElement {
  const isMine = message.role == "USER";
  const at = new Date(message.createdAt);
  const who = isMine ? say("you") : message.role == "BOT" ? say("bot") : message.author;
  const names = message.files.map(({ name }) => name).join(", ");
  const bubble = make("div", { class: "bubble" }, ...(message.content == names ? [] : words(message.content)));
  bubble.append(...message.files.map((file) => fileOf(file, Date.now())));
  const item = make(
    "li",
    { class: `message ${isMine ? "mine" : "theirs"}` },
    make("p", { class: "by" }, make("span", {}, who), make("time", { datetime: message.createdAt, title: at.toLocaleString(language) }, clock.format(at))),
    bubble,
  );
  item.dataset.id = message.id;
  item.dataset.at = message.createdAt;
  item.dataset.who = `${message.role} ${message.author}`;
  return item;
}

/** Names once who goes on speaking, and the date where a new day begins. */
function group() {
  let before: HTMLElement | null = null;
  for (const line of log.querySelectorAll(".day")) line.remove();
  for (const item of log.querySelectorAll<HTMLElement>("[data-at]")) {
    const at = new Date(item.dataset.at!);
    const isNewDay = !before || new Date(before.dataset.at!).toDateString() != at.toDateString();
    if (isNewDay && (before || at.toDateString() != new Date().toDateString())) item.before(make("li", { class: "day" }, day.format(at)));
    item.classList.toggle("follows", !isNewDay && before!.dataset.who == item.dataset.who);
    before = item;
  }
}

/** Adds messages at the end, in the order in which they come; known ones are drawn again. */
export function append(messages: Message[]) {
  const stays = isAtEnd();
  for (const message of messages) {
    const item = draw(message);
    const old = known.get(message.id);
    known.set(message.id, item);
    if (old) old.replaceWith(item);
    else {
      log.append(item);
      last = message.id;
    }
  }
  group();
  if (stays) toEnd();
}

/** Puts earlier messages on top and keeps the reader's place. */
export function prepend(messages: Message[]) {
  const before = scroller.scrollHeight - scroller.scrollTop;
  const items = messages.filter(({ id }) => !known.has(id)).map((message) => [message.id, draw(message)] as const);
  for (const [id, item] of items) known.set(id, item);
  log.prepend(...items.map(([, item]) => item));
  group();
  scroller.scrollTop = scroller.scrollHeight - before;
}

export function clear() {
  known.clear();
  last = "";
  log.replaceChildren();
}

export const firstId = () => log.querySelector<HTMLElement>("[data-id]")?.dataset.id ?? "";

/** Puts a line where a ticket was made, and marks how far the agent has read. */
export function showFacts({ tickets, agentReadAt }: Facts) {
  const stays = isAtEnd();
  for (const { ticketNumber, createdAt } of tickets) {
    const id = `ticket-${ticketNumber}`;
    if (document.getElementById(id)) continue;
    const line = make("li", { class: "event", id }, say("ticket", { number: ticketNumber }));
    line.dataset.at = createdAt;
    const later = [...log.querySelectorAll<HTMLElement>("[data-at]")].find(({ dataset }) => dataset.at! > createdAt);
    if (later) later.before(line);
    else log.append(line);
  }
  for (const mark of log.querySelectorAll(".seen")) mark.remove();
  const read = [...log.querySelectorAll<HTMLElement>(".mine[data-at]")].filter(({ dataset }) => agentReadAt && dataset.at! <= agentReadAt);
  read.at(-1)?.append(make("p", { class: "seen" }, `✓ ${say("seen")}`));
  group();
  if (stays) toEnd();
}

/** Draws what is still on its way below the conversation. */
export function showWaiting() {
  const waiting = kept().outbox;
  const list = byId("outbox");
  const stays = isAtEnd();
  list.replaceChildren(
    ...waiting.map(({ content }) =>
      make("li", { class: "message mine" }, make("div", { class: "bubble pending" }, ...words(content)), make("p", { class: "seen" }, say("pending"))),
    ),
  );
  show(list, !!waiting.length);
  if (stays) toEnd();
}
