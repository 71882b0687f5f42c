import { open } from "./server";

export type Happened = (kind: string, facts: unknown) => void;

/** The server says something every 15 s: a line that is silent for longer is dead. */
const SILENT = 40_000;
const LONGEST_WAIT = 15_000;

/** Waits, but no longer than until the browser is back on the net. */
const pause = (milliseconds: number) =>
  new Promise<void>((done) => {
    setTimeout(done, milliseconds);
    addEventListener("online", () => done(), { once: true });
  });

/**
 * Follows the conversation until it is over, and comes back after each break from the last message on.
 * fetch instead of EventSource: the token travels in a header, not in addresses that end in logs.
 * `isOn` names the present run; `byHand` reads while there is no room for a stream.
 */
export async function follow(
  { isOn, last, happened, byHand, broken }: {
    isOn: () => boolean; last: () => string; happened: Happened; byHand: () => Promise<void>; broken: (isBroken: boolean) => void;
  },
) {
  let tries = 0;
  while (isOn()) {
    const stop = new AbortController();
    const off = () => stop.abort();
    addEventListener("offline", off);
    try {
      const answer = await open(last(), stop.signal);
      if (answer.status == 401 || answer.status == 404) return happened("over", {});
      if (answer.ok && answer.body) {
        tries = 0;
        broken(false);
        await read(answer.body, stop, (kind, facts) => isOn() && happened(kind, facts));
      } else if (answer.status == 429) await byHand();
    } catch {
      broken(true);
    } finally {
      removeEventListener("offline", off);
    }
    if (!isOn()) return;
    tries += 1;
    // Not all visitors at the same moment after a restart.
    await pause(Math.min(500 * 2 ** tries, LONGEST_WAIT) * (0.5 + Math.random() / 2));
  }
}

/** Reads server-sent events (HTML standard, 9.2) until the line breaks. */
async function read(body: ReadableStream<Uint8Array>, stop: AbortController, happened: Happened) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const timer = setTimeout(() => stop.abort(), SILENT);
    const { value, done } = await reader.read();
    clearTimeout(timer);
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) {
      const line = (name: string) => block.split("\n").find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2);
      const kind = line("event");
      if (kind) happened(kind, JSON.parse(line("data") ?? "{}"));
    }
  }
}
