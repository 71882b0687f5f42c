import { storage } from "../shared/storage";
import type { Stored } from "../shared/uploads";
import { boot } from "./boot";
import type { Answer } from "./rules";

interface Draft {
  answers: Record<string, Answer>;
  files: Stored[];
  at: number;
}

const KEY = `eclipse-tickets-draft:${boot.organizationId}`;
const WEEK = 7 * 24 * 3600 * 1000;
let waiting = 0;

export function saveDraft(answers: Draft["answers"], files: Stored[]) {
  clearTimeout(waiting);
  waiting = window.setTimeout(
    () => storage((store) => store.setItem(KEY, JSON.stringify({ answers, files, at: Date.now() } satisfies Draft))),
    250,
  );
}

export function loadDraft(): Draft | undefined {
  const text = storage((store) => store.getItem(KEY));
  const draft = text ? (JSON.parse(text) as Draft) : undefined;
  return draft && Date.now() - draft.at < WEEK ? draft : undefined;
}

export function dropDraft() {
  clearTimeout(waiting);
  storage((store) => store.removeItem(KEY));
}
