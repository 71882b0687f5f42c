export interface CaptchaAsked {
  mode: "off" | "auto" | "always";
  provider: "altcha" | "turnstile" | "hcaptcha";
  siteKey?: string;
}

/**
 * Makes proofs against spam, each good for one submission.
 * `before` is where a hosted service may show its box.
 */
export function createProofs(organizationId: string, { provider, siteKey }: CaptchaAsked, before: () => Element) {
  let pending: Promise<string> | undefined;

  async function solve(): Promise<string> {
    if (provider != "altcha") return (await import("./hosted_captcha")).ask(provider, siteKey ?? "", before());
    const query = new URLSearchParams({ organizationId });
    const answer = await fetch(`/api/embed/tickets/challenge?${query}`);
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
  const prepare = () => {
    pending ??= solve();
    pending.catch(() => (pending = undefined));
  };
  return {
    prepare,
    async proof(): Promise<string> {
      prepare();
      const solved = pending!;
      pending = undefined;
      return solved;
    },
  };
}
