import { alone } from "../shared/storage";
import { boot } from "./boot";
import { drop, kept, newKey, type Outgoing, put } from "./kept";
import { type Problem, send, start, type Started } from "./server";

const LONGEST_WAIT = 30_000;
let isBusy = false;
let tries = 0;
let timer = 0;

/**
 * Messages leave one after the other, each under its own key until the server has it, so that neither
 * a broken line nor a reload loses or doubles one.
 */
export function createOutbox(
  { started, sent, waits, back, changed }: {
    started: (first: Started) => void;
    sent: (message: Outgoing) => void;
    /** Tells why it takes longer; null when it does no more. */
    waits: (why: { kind: "unreachable" } | { kind: "wait"; seconds: number } | null) => void;
    /** A message the server will not take comes back to be changed. */
    back: (message: Outgoing, why: Problem) => void;
    changed: () => void;
  },
) {
  const later = (milliseconds: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(go, milliseconds);
  };

  async function go() {
    if (isBusy) return;
    clearTimeout(timer);
    if (!kept().outbox.length) {
      // What was late here has left by another tab.
      if (tries) waits(null);
      tries = 0;
      return;
    }
    isBusy = true;
    const goesOn = await alone(`chat:${boot.organizationId}`, leave).finally(() => (isBusy = false));
    changed();
    if (goesOn) go();
  }

  /** Sends the message in front; returns whether the next may follow at once. */
  async function leave(): Promise<boolean> {
    const message = kept().outbox[0];
    if (!message) return false;
    const isFirst = !kept().token;
    const outcome = isFirst ? await start(message) : await send(message);
    const delay = outcome.kind == "unreachable" || outcome.kind == "wait" ? outcome : null;
    waits(delay);
    if (delay) {
      tries += 1;
      later(delay.kind == "wait" ? delay.seconds * 1000 : Math.min(500 * 2 ** tries, LONGEST_WAIT));
      return false;
    }
    tries = 0;
    // The conversation is known before its message leaves the queue: another tab must not ask who writes.
    if (isFirst && outcome.kind == "done") started(outcome.answer as Started);
    drop(message.clientId);
    if (outcome.kind == "done") sent(message);
    else back(message, outcome as Problem);
    return true;
  }

  return {
    add(content: string, files: Outgoing["files"]) {
      put({ clientId: newKey(), content, files });
      changed();
      if (!tries) go();
    },
    /** Tries at once: at the start, and when the line is back. */
    go,
  };
}
