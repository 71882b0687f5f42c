import { useRef, useState } from "react";
import { Icon } from "$/ticketdesk/glyphs";

const KINDS = "image/png,image/jpeg,image/gif,image/webp,image/avif";

// The organization's logo: it is kept as soon as it is chosen, apart from the form around it.
export function LogoField({ url = "", onKept }) {
  const input = useRef();
  const [shown, setShown] = useState(url);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const ask = async (options) => {
    setBusy(true);
    setProblem("");
    try {
      const answer = await fetch("/api/organization/logo", options);
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.error?.fields?.file ?? said.error?.message);
      setShown(said.logoUrl ?? "");
      onKept?.("");
    } catch (error) {
      setProblem(error instanceof TypeError ? "The connection broke off. Try again." : error.message);
    } finally {
      setBusy(false);
    }
  };
  const send = (file) => {
    const body = new FormData();
    body.append("file", file, file.name);
    return ask({ method: "POST", body });
  };
  return (
    <div className="field" role="group" aria-label="Logo">
      <span className="label" aria-hidden="true">
        Logo
      </span>
      <div className="logo-field" aria-busy={busy || undefined}>
        {shown ? <img src={shown} alt="The present logo" /> : <span className="field-hint">None: the name stands in its place.</span>}
        <span className="spring" />
        <button type="button" className="button" disabled={busy} onClick={() => input.current.click()}>
          <Icon name="paperclip" />
          {shown ? "Replace" : "Upload"}
        </button>
        {shown && (
          <button type="button" className="button quiet" disabled={busy} onClick={() => ask({ method: "DELETE" })}>
            Remove
          </button>
        )}
        <input
          ref={input}
          type="file"
          accept={KINDS}
          hidden
          tabIndex={-1}
          aria-label="Choose a logo"
          onChange={(event) => {
            const [file] = event.target.files;
            event.target.value = "";
            if (file) send(file);
          }}
        />
      </div>
      <span className="field-hint">
        PNG, JPEG, GIF, WebP or AVIF, up to 5 MB. Shown in the form, on the tracking page and in mails.
      </span>
      {problem && (
        <span className="field-problem" role="alert">
          <Icon name="alert" />
          {problem}
        </span>
      )}
    </div>
  );
}
