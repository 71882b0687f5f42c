import { useEffect, useRef, useState } from "react";

// The real form beside its settings. It takes the focus when it opens, as it should on a customer's
// site; here the one who types goes on typing, and a phone does not scroll down to it.
export function Preview({ address, label }) {
  const frame = useRef();
  const [first] = useState(address);
  const shown = useRef(address);
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    // In the place of the present one: the way back must not lead through every letter typed.
    frame.current.contentWindow.location.replace(address);
  }, [address]);
  const release = () => document.activeElement === frame.current && frame.current.blur();
  return <iframe ref={frame} src={first} title={label} loading="lazy" onLoad={release} />;
}
