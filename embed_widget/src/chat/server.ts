import { createProofs } from "../shared/captcha";
import { byId } from "../shared/dom";
import { boot } from "./boot";
import { kept, type Outgoing } from "./kept";

export interface ChatFile {
  id: string;
  name: string;
  size: number;
  url: string;
  thumbnailUrl: string;
  width: number | null;
  height: number | null;
}

export interface Message {
  id: string;
  role: "USER" | "AGENT" | "BOT";
  author: string;
  content: string;
  clientId: string | null;
  files: ChatFile[];
  createdAt: string;
}

export interface Facts {
  agent: string;
  agentReadAt: string | null;
  isClosed: boolean;
  isAway: boolean;
  tickets: { ticketNumber: number; createdAt: string }[];
}

export interface Page {
  facts: Facts;
  messages: Message[];
  hasOlder: boolean;
  token: string | null;
}

export interface Started {
  token: string;
  facts: Facts;
}

export type Problem =
  | { kind: "unreachable" }
  | { kind: "wait"; seconds: number }
  | { kind: "over" }
  | { kind: "away" }
  | { kind: "closed" }
  | { kind: "wrong"; message: string; fields: Record<string, string> };
export type Outcome<T> = { kind: "done"; answer: T } | Problem;

/** A call without an answer counts as unreachable; what it sent is sent again and stored once. */
const LONGEST_CALL = 30_000;
const proofs = createProofs(boot.organizationId, boot.captcha, () => byId("composer"));

const headers = (): Record<string, string> => {
  const { token } = kept();
  return {
    "Accept-Language": document.documentElement.lang,
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
};

/** One call; whatever the server or the line does becomes one of a few outcomes. */
async function call<T>(path: string, body?: object): Promise<Outcome<T>> {
  let answer: Response;
  try {
    answer = await fetch(`${boot.api}/${path}`, {
      method: body ? "POST" : "GET",
      headers: body ? { ...headers(), "Content-Type": "application/json" } : headers(),
      body: body && JSON.stringify({ organizationId: boot.organizationId, ...body }),
      signal: AbortSignal.timeout(LONGEST_CALL),
    });
    if (answer.status == 204) return { kind: "done", answer: {} as T };
    if (answer.status >= 500) return { kind: "unreachable" };
    const content = await answer.json();
    if (answer.ok) return { kind: "done", answer: content };
    return problem(answer, content.error);
  } catch {
    return { kind: "unreachable" };
  }
}

function problem(answer: Response, error: { code: string; message: string; fields?: Record<string, string> }): Problem {
  if (error.code == "visit_over") return { kind: "over" };
  if (error.code == "away") return { kind: "away" };
  if (error.code == "chat_closed") return { kind: "closed" };
  if (error.code == "captcha_required") return { kind: "wrong", message: error.message, fields: { captcha: error.message } };
  if (answer.status == 429) return { kind: "wait", seconds: Number(answer.headers.get("Retry-After")) || 30 };
  return { kind: "wrong", message: error.message, fields: error.fields ?? {} };
}

const bodyOf = ({ clientId, content, files }: Outgoing) => ({
  clientId,
  content,
  attachmentIds: files.map(({ id }) => id),
});

/** Opens the conversation with its first message; proves itself where the organization asks for it. */
export async function start(first: Outgoing, isChecked = boot.captcha.mode == "always"): Promise<Outcome<Started>> {
  const { key, name, email } = kept();
  const who = { ...(name && { name }), ...(email && { email }) };
  const bait = byId<HTMLInputElement>("website").value;
  const body = { ...bodyOf(first), key, ...who, ...(bait && { website: bait }) };
  let captcha: string | undefined;
  try {
    if (isChecked) captcha = await proofs.proof();
  } catch {
    return { kind: "unreachable" };
  }
  const outcome = await call<Started>("start", captcha ? { ...body, captcha } : body);
  // One round only: a proof that was refused twice will not get better.
  if (outcome.kind == "wrong" && outcome.fields.captcha && !isChecked) return start(first, true);
  return outcome;
}

const query = (more: Record<string, string> = {}) => new URLSearchParams({ organizationId: boot.organizationId, ...more });

export const send = (message: Outgoing) => call<{ message: Message }>("messages", bodyOf(message));
export const history = (before = "") => call<Page>(`messages?${query(before ? { before } : {})}`);
export const sign = (what: { read?: boolean; typing?: boolean }) => call<object>("signs", what);
export const freshFile = (id: string) => call<{ file: ChatFile }>(`files/${id}?${query()}`);

/** The stream of events after a message, to be read by `follow`. */
export const open = (after: string, signal: AbortSignal) =>
  fetch(`${boot.api}/stream?${query()}`, { headers: { ...headers(), "Last-Event-ID": after }, signal });
