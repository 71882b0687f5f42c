import { storage } from "../shared/storage";
import type { Stored } from "../shared/uploads";
import { boot } from "./boot";

/** A message on its way: it stays here, even over a reload, until the server has it. */
export interface Outgoing {
  clientId: string;
  content: string;
  files: Stored[];
}

export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const PLACE = `eclipse-chat:${boot.organizationId}:`;
const OUT = `${PLACE}out:`;

// `key` is the conversation's own number, made up before the server knows of it. Where the browser keeps
// nothing for us, all this lasts as long as the page.
const memory = { key: newKey(), token: "", name: "", email: "", typed: "" };
const waiting = new Map<string, Outgoing>();
let count = 0;

/** Each thing has a place of its own: two tabs that write at once must not undo each other. */
export function keep(changes: Partial<typeof memory>) {
  Object.assign(memory, changes);
  for (const [name, text] of Object.entries(changes)) storage((store) => store.setItem(PLACE + name, text));
}

/** What this browser knows; read anew each time, because another tab may have changed it. */
export function kept() {
  for (const name of Object.keys(memory) as (keyof typeof memory)[])
    memory[name] = storage((store) => store.getItem(PLACE + name)) ?? memory[name];
  return { ...memory, outbox: outbox() };
}

function outbox(): Outgoing[] {
  const names = storage((store) => Object.keys(store).filter((name) => name.startsWith(OUT)));
  if (names) waiting.clear();
  for (const name of names ?? []) {
    const text = storage((store) => store.getItem(name));
    if (text) waiting.set(name, JSON.parse(text) as Outgoing);
  }
  return [...waiting].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, message]) => message);
}

/** Puts a message behind those that wait. */
export function put(message: Outgoing) {
  count += 1;
  const name = `${OUT}${Date.now()}-${String(count).padStart(6, "0")}`;
  waiting.set(name, message);
  storage((store) => store.setItem(name, JSON.stringify(message)));
}

/** Forgets a message that has arrived, or that goes another way. */
export function drop(clientId: string) {
  for (const [name, message] of waiting) {
    if (message.clientId != clientId) continue;
    waiting.delete(name);
    storage((store) => store.removeItem(name));
  }
}

/** Forgets the conversation, but neither who writes nor what was not sent yet. */
export const forget = () => keep({ key: newKey(), token: "" });

if (storage((store) => store.getItem(`${PLACE}key`)) === null) keep({ key: memory.key });
