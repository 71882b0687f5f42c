import { useEffect } from "react";

export function PageTitle({ text }) {
  useEffect(() => {
    if (text) document.title = `${text} · TicketDesk`;
  }, [text]);
  return null;
}

export function Markup({ html }) {
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
