import { useEffect, useState } from "react";

// Ends every link by which somebody outside follows the ticket, after a second question.
export function TrackingLinks({ ticket }) {
  const [step, setStep] = useState("calm");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    setStep("calm");
    setProblem("");
  }, [ticket]);
  const revoke = async () => {
    setStep("busy");
    const answer = await fetch(`/api/tickets/${ticket}/tracking-links`, { method: "DELETE" }).catch(() => null);
    setProblem(answer?.ok ? "" : "That did not work. Try again.");
    setStep(answer?.ok ? "done" : "asked");
  };
  if (step === "calm")
    return (
      <button type="button" className="button quiet" onClick={() => setStep("asked")}>
        Revoke links
      </button>
    );
  if (step === "done")
    return (
      <p className="field-hint" role="status">
        Revoked. The next mail brings a new link.
      </p>
    );
  return (
    <div className="tracking-links" role="group" aria-label="Revoke the customer's links?">
      <p>Nobody can follow this ticket by an earlier link any more.</p>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <button type="button" className="button danger small" autoFocus disabled={step === "busy"} onClick={revoke}>
        Revoke
      </button>
      <button type="button" className="button quiet small" onClick={() => setStep("calm")}>
        Keep
      </button>
    </div>
  );
}
