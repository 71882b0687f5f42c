import { useEffect, useRef, useState } from "react";
import { useDates } from "$/ticketdesk/dates";
import { Icon } from "$/ticketdesk/glyphs";

export const HEIGHT = 232;
export const PAD = { top: 12, right: 20, bottom: 26, left: 34 };
const SHORT = { day: "numeric", month: "short", timeZone: "UTC" };
const LONG = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };

// The names of days: short ones for an axis, whole ones for a table and the pointer.
export const useDayNames = () => {
  const spell = useDates();
  const asDate = (text) => new Date(`${text}T00:00:00Z`);
  const short = (text) => spell(asDate(text), SHORT);
  return { short, named: (text, span) => (span === "week" ? `Week of ${short(text)}` : spell(asDate(text), LONG)) };
};

// A round step so that the axis has three to six lines.
export const stepFor = (most) => {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
};

export const useWidth = () => {
  const ref = useRef();
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    watcher.observe(ref.current);
    return () => watcher.disconnect();
  }, []);
  return [ref, width];
};

const figures = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
export const reading = (value, unit) =>
  value === null || value === undefined ? "–" : `${figures.format(value)}${unit ? ` ${unit}` : ""}`;

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const cell = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function Download({ title, header, lines }) {
  const save = () => {
    const text = [header, ...lines].map((line) => line.map(cell).join(",")).join("\r\n");
    const address = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.download = `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.csv`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  return (
    <button type="button" className="button quiet" aria-label={`Download ${title} as CSV`} onClick={save}>
      <Icon name="download" />
      CSV
    </button>
  );
}

export function Numbers({ title, span, rows, series, unit }) {
  const { named } = useDayNames();
  return (
    <div className="chart-table" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{span === "week" ? "Week" : "Day"}</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={row.date}>
              <th scope="row">{named(row.date, span)}</th>
              {series.map(({ key }) => (
                <td key={key} className="number">
                  {reading(row[key], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
