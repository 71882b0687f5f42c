import { storage } from "../shared/storage";
import type { Stored } from "../shared/uploads";
import { boot } from "./boot";

/** A message on its way: it stays here, even over a reload, until the server has it. */
export interface Outgoing {
  clientId: string;
  content: string;
  files: Stored[];
}

interface Kept {
  /** The conversation's own number, made up before the server knows of it. */
  key: string;
  token: string;
  name: string;
  email: string;
  typed: string;
  outbox: Outgoing[];
}

const PLACE = `eclipse-chat:${boot.organizationId}`;

export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const fresh = (): Kept => ({ key: newKey(), token: "", name: "", email: "", typed: "", outbox: [] });
// Where the browser keeps nothing for us, the conversation lasts as long as the page.
let memory = fresh();

/** What this browser knows; read anew each time, because another tab may have changed it. */
export function kept(): Kept {
  const text = storage((store) => store.getItem(PLACE));
  if (text) memory = { ...memory, ...parsed(text) };
  return memory;
}

function parsed(text: string): Partial<Kept> {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody else wrote there: begin anew.
    return {};
  }
}

export function keep(changes: Partial<Kept>) {
  memory = { ...kept(), ...changes };
  storage((store) => store.setItem(PLACE, JSON.stringify(memory)));
}

/** Forgets the conversation, but neither who writes nor what was not sent yet. */
export const forget = () => keep({ key: newKey(), token: "" });
