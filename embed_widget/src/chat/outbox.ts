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
    const next = kept().outbox[0];
    if (isBusy || !next) return;
    isBusy = true;
    clearTimeout(timer);
    const isFirst = !kept().token;
    const outcome = isFirst ? await start(next) : await send(next);
    isBusy = false;
    if (outcome.kind == "done") {
      tries = 0;
      drop(next.clientId);
      waits(null);
      if (isFirst) started(outcome.answer as Started);
      sent(next);
      go();
    } else if (outcome.kind == "unreachable") {
      tries += 1;
      waits(outcome);
      later(Math.min(500 * 2 ** tries, LONGEST_WAIT));
    } else if (outcome.kind == "wait") {
      waits(outcome);
      later(outcome.seconds * 1000);
    } else {
      drop(next.clientId);
      waits(null);
      back(next, outcome);
      go();
    }
    changed();
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
