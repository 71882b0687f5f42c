import { useEffect, useLayoutEffect, useRef } from "react";

// Tells the server when the screen is left, so that nobody seems to look at what they do not.
export function Presence({ ticket, onLeave }) {
  useEffect(() => {
    if (!ticket) return undefined;
    const leave = () => onLeave?.(ticket);
    return leave;
  }, [ticket]);
  return null;
}

// Keeps the end of the timeline in view while new messages come, unless one has scrolled away.
export function Timeline({ children, ticket, count }) {
  const ref = useRef();
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [count, ticket]);
  return (
    <div
      ref={ref}
      className="timeline"
      tabIndex={0}
      role="region"
      aria-label="Conversation"
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
      }}
    >
      {children}
    </div>
  );
}
