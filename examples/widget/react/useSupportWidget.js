import { useEffect } from "react";

const DESK = "https://desk.example.com";

/**
 * Loads the widget once and tells it who is signed in.
 * In a component: useSupportWidget({ organizationId: "acme", name: user.name, email: user.email });
 */
export function useSupportWidget({ organizationId, name, email, onSubmitted }) {
  useEffect(() => {
    if (document.querySelector(`script[data-organization-id="${organizationId}"]`)) return;
    const script = document.createElement("script");
    script.src = `${DESK}/eclipse-ticket-widget.js`;
    script.async = true;
    script.dataset.eclipseTickets = "";
    script.dataset.organizationId = organizationId;
    document.head.append(script);
  }, [organizationId]);

  useEffect(() => {
    // Before the loader has arrived its name is a queue that it works off later.
    const tickets = (window.EclipseTickets ??= []);
    tickets.push(["prefill", { name, email }]);
  }, [name, email]);

  useEffect(() => {
    if (!onSubmitted) return;
    // A component may go and come again: what it listens with goes with it.
    let isHere = true;
    (window.EclipseTickets ??= []).push(["on", "submitted", (ticket) => isHere && onSubmitted(ticket)]);
    return () => {
      isHere = false;
    };
  }, [onSubmitted]);
}
