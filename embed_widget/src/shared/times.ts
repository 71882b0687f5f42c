import { all } from "./dom";

/** Says each moment in the reader's own zone and language. */
export function localise() {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const time of all<HTMLTimeElement>("time")) {
    const moment = new Date(time.dateTime);
    time.textContent = format.format(moment);
    time.title = moment.toString();
  }
}
