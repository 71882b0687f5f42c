// The figures beside it say the same, so it is left out of what is read aloud.
export function LoadBar({ parts = [], most = 1, limit = 0 }) {
  const starts = parts.map((_, n) => parts.slice(0, n).reduce((sum, { count }) => sum + count, 0));
  return (
    <svg className="load-bar" viewBox={`0 0 ${most} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="share-all" width={most} height="10" />
      {parts.map(
        ({ priority, count }, n) =>
          count > 0 && (
            <rect key={priority} className={`load-part ${priority.toLowerCase()}`} x={starts[n]} width={count} height="10">
              <title>{`${priority}: ${count}`}</title>
            </rect>
          ),
      )}
      {limit > 0 && <line className="load-limit" x1={limit} x2={limit} y1="0" y2="10" />}
    </svg>
  );
}
