import { useRef } from "react";

// The real form beside its settings. It takes the focus when it opens, as it should on a customer's
// site; here the one who types goes on typing, and a phone does not scroll down to it.
export function Preview({ address, label }) {
  const frame = useRef();
  const release = () => document.activeElement === frame.current && frame.current.blur();
  return <iframe ref={frame} src={address} title={label} loading="lazy" onLoad={release} />;
}
