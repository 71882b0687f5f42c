import { useEffect, useRef, useState } from "react";

// Somebody else's HTML. It comes sanitised, and without the addresses of remote images: each has an
// address of ours, which is put in its place when the reader wants to see it.
function Prose({ html, images, look }) {
  const ref = useRef();
  useEffect(() => {
    if (!images) return;
    for (const image of ref.current.querySelectorAll("img[data-remote]")) {
      const ours = image.getAttribute("data-remote");
      image.removeAttribute("data-remote");
      image.addEventListener("error", () => image.classList.add("lost"), { once: true });
      image.src = ours;
    }
  }, [images, html]);
  return <div ref={ref} className={look} dangerouslySetInnerHTML={{ __html: html }} />;
}

export function MailText({ html, remote, whole, long }) {
  const rest = whole || long;
  const words = whole ? ["Show quoted text", "Hide quoted text"] : ["Show all of it", "Show less"];
  const [images, setImages] = useState(false);
  const [quoted, setQuoted] = useState(null);
  const [open, setOpen] = useState(false);
  const [state, setState] = useState("");
  const waiting = open && quoted ? quoted.remote : remote;

  const unfold = async () => {
    if (quoted) return setOpen(!open);
    setState("loading");
    const answer = await fetch(rest).catch(() => null);
    if (!answer?.ok) return setState("failed");
    setQuoted(await answer.json());
    setState("");
    setOpen(true);
  };

  return (
    <>
      {waiting > 0 && !images && (
        <p className="mail-images" role="note">
          <span>
            {waiting === 1 ? "One image from elsewhere is" : `${waiting} images from elsewhere are`} blocked, so that
            the sender does not learn when you read this.
          </span>
          <button type="button" className="button quiet" onClick={() => setImages(true)}>
            Show images
          </button>
        </p>
      )}
      <Prose html={open && quoted ? quoted.html : html} images={images} look="prose" />
      {rest && (
        <div className="mail-quotes">
          <button type="button" className="button quiet" aria-expanded={open} onClick={unfold}>
            {whole && <span aria-hidden="true" className="mail-dots" />}
            {words[Number(open)]}
          </button>
          <span role="status">
            {state === "loading" && "Loading…"}
            {state === "failed" && "The text could not be loaded. Try again."}
          </span>
        </div>
      )}
    </>
  );
}
