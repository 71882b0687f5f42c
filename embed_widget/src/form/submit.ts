import { byId } from "../shared/dom";
import { boot, say } from "./boot";
import { proof } from "./captcha";
import type { Answer } from "./rules";

export interface Ticket {
  id: string;
  ticketNumber: number;
  subject: string;
  status: string;
  trackingUrl: string;
}

export type Outcome =
  | { kind: "sent"; ticket: Ticket }
  | { kind: "wrong"; fields: Record<string, string>; message: string }
  | { kind: "wait"; seconds: number }
  | { kind: "refused"; message: string }
  | { kind: "unreachable" };

let lastBody = "";
let key = "";

const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/** The request's body, exactly as the public API documents it. */
export function bodyOf(answers: Record<string, Answer>, attachmentIds: string[]) {
  const body: Record<string, unknown> = { organizationId: boot.organizationId };
  const customFields: Record<string, Answer> = {};
  for (const [name, answer] of Object.entries(answers)) {
    const value = typeof answer == "string" ? answer.trim() : answer;
    if (value === "" || (Array.isArray(value) && !value.length)) continue;
    const custom = /^customFields\.(.+)/.exec(name)?.[1];
    if (custom) customFields[custom] = value;
    else body[name] = value;
  }
  if (Object.keys(customFields).length) body.customFields = customFields;
  if (attachmentIds.length) body.attachmentIds = attachmentIds;
  // Hidden from people; a program that fills every field gives itself away.
  const bait = byId<HTMLInputElement>("website").value;
  if (bait) body.website = bait;
  return body;
}

/** Sends once. The same content always carries the same key, so that a repeat cannot make a second ticket. */
export async function send(body: Record<string, unknown>, isChecked = false): Promise<Outcome> {
  const text = JSON.stringify(body);
  if (text != lastBody) key = randomKey();
  lastBody = text;
  let answer: Response;
  let sent = body;
  try {
    if (boot.captcha.mode == "always" || isChecked) sent = { ...body, captcha: await proof() };
  } catch {
    return navigator.onLine ? { kind: "refused", message: say("proofFailed") } : { kind: "unreachable" };
  }
  try {
    answer = await fetch(`${boot.api}/submit`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, "Accept-Language": document.documentElement.lang },
      body: JSON.stringify(sent),
    });
  } catch {
    return { kind: "unreachable" };
  }
  // A proxy in between may answer with a page of its own, or cut ours short.
  const said = answer.status < 500 && (await answer.json().catch(() => undefined));
  if (!said) return { kind: "unreachable" };
  const { ticket, error } = said;
  if (ticket) return { kind: "sent", ticket };
  // One round only: a proof that was refused twice will not get better.
  if (error.code == "captcha_required" && !isChecked) return send(body, true);
  if (answer.status == 429) return { kind: "wait", seconds: Number(answer.headers.get("Retry-After")) || 60 };
  if (error.fields?.website) byId<HTMLInputElement>("website").value = "";
  if (error.fields) return { kind: "wrong", fields: error.fields, message: error.message };
  return { kind: "refused", message: error.message };
}
