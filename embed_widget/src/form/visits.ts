import { boot, isPreview } from "./boot";

const visit = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Counts a step of a visit. The visit's number lives in this page only: no cookie, nothing about the person. */
export function count(event: "opened" | "step" | "submitted" | "abandoned", step?: string) {
  if (isPreview) return;
  const body = JSON.stringify({ organizationId: boot.organizationId, visit, event, step });
  navigator.sendBeacon?.(`${boot.api}/events`, new Blob([body], { type: "application/json" }));
}
