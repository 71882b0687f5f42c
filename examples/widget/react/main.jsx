import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { useSupportWidget } from "./useSupportWidget.js";

const user = { name: "Jane Doe", email: "jane@customer.example" };

function Shop() {
  const [ticket, setTicket] = useState(null);
  useSupportWidget({ organizationId: "acme", ...user, onSubmitted: setTicket });
  return (
    <main>
      <h1>A shop</h1>
      <p>Signed in as {user.name}. The button at the lower right opens the form.</p>
      {ticket && (
        <p>
          We have your message: <a href={ticket.trackingUrl}>ticket #{ticket.ticketNumber}</a>
        </p>
      )}
    </main>
  );
}

createRoot(document.getElementById("app")).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
