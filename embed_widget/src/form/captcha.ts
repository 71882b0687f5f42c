import { boot } from "./boot";

let pending: Promise<string> | undefined;

async function solve(): Promise<string> {
  const { provider, siteKey } = boot.captcha;
  if (provider != "altcha") return (await import("./hosted_captcha")).ask(provider, siteKey ?? "");
  const query = new URLSearchParams({ organizationId: boot.organizationId });
  const answer = await fetch(`${boot.api}/challenge?${query}`);
  if (!answer.ok) throw new Error("challenge");
  const { challenge } = await answer.json();
  const worker = new Worker(new URL("./solve.worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error("unsolved")));
      worker.onerror = () => reject(new Error("worker"));
      worker.postMessage(challenge);
    });
  } finally {
    worker.terminate();
  }
}

/** Starts the proof early, while the person is still writing. */
export function prepareProof() {
  pending ??= solve();
  pending.catch(() => (pending = undefined));
}

/** A fresh proof: each is good for one submission. */
export async function proof(): Promise<string> {
  prepareProof();
  const solved = pending!;
  pending = undefined;
  return solved;
}
