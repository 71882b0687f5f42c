import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { solveChallenge } from "altcha-lib";
import type { Challenge } from "altcha-lib/types";

/** Solves one proof of work away from the page's thread, so that typing never stutters. */
self.onmessage = async ({ data }: MessageEvent<Challenge>) => {
  const solution = await solveChallenge({ challenge: data, deriveKey, timeout: 60_000 });
  self.postMessage(solution && btoa(JSON.stringify({ challenge: data, solution })));
};
