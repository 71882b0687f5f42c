import { useEffect } from "react";

export function Leave() {
  useEffect(() => {
    const here = location.pathname + location.search;
    location.replace(`/login?next=${encodeURIComponent(here)}`);
  }, []);
  return <div className="leaving" role="status">Your session has ended. Taking you to the login…</div>;
}

export function Elsewhere() {
  useEffect(() => {
    if (!location.pathname.startsWith("/app/")) location.reload();
  }, []);
  return null;
}
