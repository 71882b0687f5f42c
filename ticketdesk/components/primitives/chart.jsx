import { useId, useState } from "react";
import { Download, HEIGHT, Numbers, PAD, reading, stepFor, useDayNames, useWidth } from "$/ticketdesk/chart_parts";
import { Icon } from "$/ticketdesk/glyphs";

function Bars({ rows, series, middle, slot, y }) {
  const bar = Math.max(1.5, Math.min(10, (slot - 3) / series.length));
  const first = (-bar * series.length) / 2;
  return rows.map((row, index) => (
    <g key={row.date}>
      {series.map(({ key }, n) => (
        <rect
          key={key}
          className={`bar ${key}`}
          x={middle(index) + first + n * (bar + 0.5)}
          y={y(row[key] ?? 0)}
          width={bar}
          height={Math.max(0, y(0) - y(row[key] ?? 0))}
          rx={Math.min(2, bar / 2)}
        />
      ))}
    </g>
  ));
}

// A line breaks where there is nothing to measure; a point without neighbours is a dot.
function Lines({ rows, series, middle, y }) {
  const path = (key) =>
    rows
      .map((row, index) => {
        if (row[key] === null) return "";
        const goesOn = index > 0 && rows[index - 1][key] !== null;
        return `${goesOn ? "L" : "M"}${middle(index)} ${y(row[key])}`;
      })
      .join("");
  const isAlone = (key, index) =>
    rows[index][key] !== null && (rows[index - 1]?.[key] ?? null) === null && (rows[index + 1]?.[key] ?? null) === null;
  return series.map(({ key }) => (
    <g key={key}>
      <path className={`series ${key}`} d={path(key)} />
      {rows.map(
        (row, index) =>
          isAlone(key, index) && <circle key={row.date} className={`dot ${key}`} cx={middle(index)} cy={y(row[key])} r="2.5" />,
      )}
    </g>
  ));
}

function Axes({ rows, lines, width, y, middle, slot, unit }) {
  const { short } = useDayNames();
  const every = Math.max(1, Math.ceil(56 / slot));
  return (
    <>
      {lines.map((line) => (
        <g key={line}>
          <line className={line ? "grid-line" : "axis"} x1={PAD.left} x2={width - PAD.right} y1={y(line)} y2={y(line)} />
          <text className="tick" x={PAD.left - 8} y={y(line)} dy="0.32em" textAnchor="end">
            {line}
          </text>
        </g>
      ))}
      {rows.map(
        (row, index) =>
          (rows.length - 1 - index) % every === 0 && (
            <text key={row.date} className="tick" x={middle(index)} y={HEIGHT - 7} textAnchor="middle">
              {short(row.date)}
            </text>
          ),
      )}
      <text className="tick" x={0} y={HEIGHT - 7}>
        {unit}
      </text>
    </>
  );
}

// Series over days or weeks, with axes, values on hover or arrow keys, and the same as a table.
export function DayChart({ title, unit, rows = [], series, look = "bars", span = "day", limit = 0 }) {
  const { named } = useDayNames();
  const [box, width] = useWidth();
  const [at, setAt] = useState(null);
  const [table, setTable] = useState(false);
  const id = useId();
  const most = limit || Math.max(1, ...rows.flatMap((row) => series.map(({ key }) => row[key] ?? 0)));
  const step = stepFor(most);
  const top = limit || Math.ceil(most / step) * step;
  const inner = { width: Math.max(60, width - PAD.left - PAD.right), height: HEIGHT - PAD.top - PAD.bottom };
  const slot = inner.width / Math.max(1, rows.length);
  const y = (value) => PAD.top + inner.height * (1 - value / top);
  const middle = (index) => PAD.left + slot * (index + 0.5);
  const lines = Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step);
  const Shape = look === "lines" ? Lines : Bars;

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
        <Download
          title={title}
          header={[span === "week" ? "Week" : "Day", ...series.map(({ label }) => (unit ? `${label} (${unit})` : label))]}
          lines={rows.map((row) => [row.date, ...series.map(({ key }) => row[key])])}
        />
        <button type="button" className="button quiet" aria-pressed={table} onClick={() => setTable(!table)}>
          <Icon name={table ? "dashboard" : "table"} />
          {table ? "Show chart" : "Show table"}
        </button>
      </figcaption>
      <div ref={box} className="chart-box">
        {table ? (
          <Numbers title={title} span={span} rows={rows} series={series} unit={unit} />
        ) : (
          <>
            <svg
              width={width}
              height={HEIGHT}
              role="img"
              tabIndex={0}
              aria-label={`${title}: use the arrow keys to read the ${span}s`}
              onKeyDown={press}
              onPointerMove={point}
              onPointerLeave={() => setAt(null)}
              onBlur={() => setAt(null)}
            >
              <Axes rows={rows} lines={lines} width={width} y={y} middle={middle} slot={slot} unit={unit} />
              {at !== null && (
                <rect className="band" x={PAD.left + at * slot} y={PAD.top} width={slot} height={inner.height} rx="3" />
              )}
              <Shape rows={rows} series={series} middle={middle} slot={slot} y={y} />
            </svg>
            <div
              className={`chart-tip${chosen ? " shown" : ""}`}
              role="status"
              ref={(tip) => {
                if (tip && at !== null) tip.style.left = `${Math.min(width - 90, Math.max(90, middle(at)))}px`;
              }}
            >
              {chosen && (
                <>
                  <strong>{named(chosen.date, span)}</strong>
                  {series.map(({ key, label }) => (
                    <span key={key}>
                      <span className={`swatch ${key}`} />
                      {label} <b className="number">{reading(chosen[key], unit)}</b>
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

// The same numbers of several things as a table with bars, the download beside its name.
export function Parts({ title, noun, rows = [] }) {
  const id = useId();
  const most = Math.max(1, ...rows.map((row) => row.created));
  const columns = ["Created", "Resolved", "First response", "Resolution", "Targets met"];
  const cells = (row) => [row.created, row.resolved, row.first, row.resolution, row.kept];
  const units = ["", "", "h", "h", "%"];
  return (
    <section className="card" aria-labelledby={id}>
      <div className="chart-head">
        <h2 id={id}>{title}</h2>
        <span className="spring" />
        <Download
          title={title}
          header={[noun, ...columns.map((name, n) => (units[n] ? `${name} (${units[n]})` : name))]}
          lines={rows.map((row) => [row.label, ...cells(row)])}
        />
      </div>
      <div className="parts-scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
        <table className="workload parts">
          <thead>
            <tr>
              <th scope="col">{noun}</th>
              <th scope="col">
                <span className="visually-hidden">Share</span>
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                <td className="parts-share">
                  <Share percent={String(Math.round((100 * row.created) / most))} />
                </td>
                {cells(row).map((value, n) => (
                  <td key={columns[n]} className="number">
                    {reading(value, units[n])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
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
