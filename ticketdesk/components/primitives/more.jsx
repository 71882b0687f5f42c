import { useEffect, useRef } from "react";

// Asks for the next page shortly before the end of the list comes into view.
export function More({ active, onReach, children }) {
  const ref = useRef();
  useEffect(() => {
    if (!active) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onReach(),
      { rootMargin: "600px" },
    );
    watcher.observe(ref.current);
    return () => watcher.disconnect();
  }, [active, onReach]);
  return (
    <div ref={ref} className="more">
      {children}
    </div>
  );
}
