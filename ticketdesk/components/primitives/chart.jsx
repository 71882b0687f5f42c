import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const HEIGHT = 232;
const PAD = { top: 12, right: 20, bottom: 26, left: 34 };
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const full = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const asDate = (text) => new Date(`${text}T00:00:00Z`);

// A round step so that the axis has three to six lines.
const stepFor = (most) => {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
};

const useWidth = () => {
  const ref = useRef();
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    watcher.observe(ref.current);
    return () => watcher.disconnect();
  }, []);
  return [ref, width];
};

// Two series per day as bars, with axes, values on hover or arrow keys, and the same as a table.
export function DayChart({ title, unit, rows = [], series }) {
  const [box, width] = useWidth();
  const [at, setAt] = useState(null);
  const [table, setTable] = useState(false);
  const id = useId();
  const most = Math.max(1, ...rows.flatMap((row) => series.map(({ key }) => row[key])));
  const step = stepFor(most);
  const top = Math.ceil(most / step) * step;
  const inner = { width: Math.max(60, width - PAD.left - PAD.right), height: HEIGHT - PAD.top - PAD.bottom };
  const slot = inner.width / Math.max(1, rows.length);
  const bar = Math.max(1.5, Math.min(10, (slot - 3) / 2));
  const y = (value) => PAD.top + inner.height * (1 - value / top);
  const every = Math.max(1, Math.ceil(56 / slot));
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, n) => n * step);

  const press = (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setAt((before) => Math.min(rows.length - 1, Math.max(0, (before ?? rows.length) + move)));
  };
  const point = (event) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - PAD.left;
    setAt(left < 0 || left > inner.width ? null : Math.min(rows.length - 1, Math.floor(left / slot)));
  };
  const chosen = at === null ? null : rows[at];

  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption className="chart-head">
        <h2 id={id}>{title}</h2>
        <ul className="legend">
          {series.map(({ key, label }) => (
            <li key={key}>
              <span className={`swatch ${key}`} />
              {label}
            </li>
          ))}
        </ul>
        <span className="spring" />
        <button type="button" className="button quiet" aria-pressed={table} onClick={() => setTable(!table)}>
          <Icon name={table ? "dashboard" : "table"} />
          {table ? "Show chart" : "Show table"}
        </button>
      </figcaption>
      <div ref={box} className="chart-box">
        {table ? (
          <div className="chart-table" tabIndex={0} role="region" aria-label={`${title}, table`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Day</th>
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
                    <th scope="row">{full.format(asDate(row.date))}</th>
                    {series.map(({ key }) => (
                      <td key={key} className="number">
                        {row[key]}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <>
            <svg
              width={width}
              height={HEIGHT}
              role="img"
              tabIndex={0}
              aria-label={`${title}: use the arrow keys to read the days`}
              onKeyDown={press}
              onPointerMove={point}
              onPointerLeave={() => setAt(null)}
              onBlur={() => setAt(null)}
            >
              {lines.map((line) => (
                <g key={line}>
                  <line className={line ? "grid-line" : "axis"} x1={PAD.left} x2={width - PAD.right} y1={y(line)} y2={y(line)} />
                  <text className="tick" x={PAD.left - 8} y={y(line)} dy="0.32em" textAnchor="end">
                    {line}
                  </text>
                </g>
              ))}
              {at !== null && (
                <rect className="band" x={PAD.left + at * slot} y={PAD.top} width={slot} height={inner.height} rx="3" />
              )}
              {rows.map((row, index) => {
                const middle = PAD.left + slot * (index + 0.5);
                return (
                  <g key={row.date}>
                    {series.map(({ key }, n) => (
                      <rect
                        key={key}
                        className={`bar ${key}`}
                        x={middle + (n - 1) * (bar + 0.5) + n * 0.5}
                        y={y(row[key])}
                        width={bar}
                        height={Math.max(0, y(0) - y(row[key]))}
                        rx={Math.min(2, bar / 2)}
                      />
                    ))}
                    {(rows.length - 1 - index) % every === 0 && (
                      <text className="tick" x={middle} y={HEIGHT - 7} textAnchor="middle">
                        {day.format(asDate(row.date))}
                      </text>
                    )}
                  </g>
                );
              })}
              <text className="tick" x={0} y={HEIGHT - 7}>
                {unit}
              </text>
            </svg>
            <div
              className={`chart-tip${chosen ? " shown" : ""}`}
              role="status"
              ref={(tip) => {
                if (tip && at !== null) {
                  const middle = PAD.left + slot * (at + 0.5);
                  tip.style.left = `${Math.min(width - 90, Math.max(90, middle))}px`;
                }
              }}
            >
              {chosen && (
                <>
                  <strong>{full.format(asDate(chosen.date))}</strong>
                  {series.map(({ key, label }) => (
                    <span key={key}>
                      <span className={`swatch ${key}`} />
                      {label} <b className="number">{chosen[key]}</b>
                    </span>
                  ))}
                </>
              )}
            </div>
          </>
        )}
      </div>
    </figure>
  );
}

// How much of the most somebody has; the figure beside it says the same.
export function Share({ percent }) {
  return (
    <svg className="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="share-all" width="100" height="6" rx="1" />
      <rect className="share-part" width={percent} height="6" rx="1" />
    </svg>
  );
}
