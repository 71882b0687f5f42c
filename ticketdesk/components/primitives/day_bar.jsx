const SIX_HOURS = 360;

// The words beside it say the same, so it is left out of what is read aloud.
export function DayBar({ length = 1440, stretches = [], now = -1 }) {
  const lines = Array.from({ length: Math.ceil(length / SIX_HOURS) - 1 }, (_, n) => (n + 1) * SIX_HOURS);
  return (
    <svg className="day-bar" viewBox={`0 0 ${length} 20`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="day-bar-all" width={length} height="20" />
      {stretches.map(({ at, minutes, kind }) => (
        <rect key={at} className={`day-bar-part ${kind}`} x={at} width={Math.max(4, minutes)} height="20" />
      ))}
      {lines.map((x) => (
        <line key={x} className="day-bar-line" x1={x} x2={x} y1="0" y2="20" />
      ))}
      {now >= 0 && <line className="day-bar-now" x1={now} x2={now} y1="0" y2="20" />}
    </svg>
  );
}
