import { onShown, tell } from "../shared/frame";
import { isAtEnd, lastId, toEnd } from "./messages";
import { sign } from "./server";

let isShown = true;
let unread = 0;
let readUpTo = "";

/** Says that all was read, once the end of it was in front of somebody. */
export function seen() {
  if (document.hidden || !isShown || !isAtEnd() || !lastId() || readUpTo == lastId()) return;
  readUpTo = lastId();
  sign({ read: true });
}

function count(messages: number) {
  unread = messages;
  tell("unread", unread);
}

/** Counts what the other side says behind the closed dialog, for the mark on the launcher. */
export function heard(isTheirs: boolean) {
  if (isTheirs && !isShown) count(unread + 1);
  seen();
}

onShown((now) => {
  isShown = now;
  if (!isShown) return;
  if (unread) toEnd();
  count(0);
  seen();
});
document.addEventListener("visibilitychange", seen);
