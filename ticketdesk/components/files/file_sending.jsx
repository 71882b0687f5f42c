import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { spokenSize } from "$/ticketdesk/gallery";

const AT_ONCE = 3;
const DRAWN = /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/;
const OFF = "The connection broke off. Try again.";

let counter = 0;
const fresh = (file) => ({
  key: `upload-${++counter}`,
  name: file.name,
  size: file.size,
  kind: file.type,
  file,
  preview: DRAWN.test(file.type) && file.size < 40_000_000 ? URL.createObjectURL(file) : "",
  state: "waiting",
  part: 0,
  problem: "",
  id: "",
});

const reasonOf = (request) => {
  try {
    return JSON.parse(request.responseText).error.message;
  } catch {
    return request.status === 413 ? "This file is too large." : "That did not work. Try again.";
  }
};

const arrived = (tile) => ({ ...tile, key: `upload-${++counter}`, preview: "", state: "done", part: 1, problem: "" });

// Files on their way: `items` to show, `ids` of those that have arrived, and what one can do.
// `kept` are tiles that a draft names.
export function useUploads({ kept = [], maxBytes = 0, maxFiles = 0 } = {}) {
  const [items, setItems] = useState(() => kept.map(arrived));
  const requests = useRef(new Map());
  const latest = useRef(items);
  latest.current = items;

  const change = useCallback((key, values) => {
    setItems((before) => before.map((one) => (one.key === key ? { ...one, ...values } : one)));
  }, []);

  // The page may come back from before a reload, and the draft that the server has a moment later:
  // it takes the place of the earlier one unless somebody has changed the list meanwhile.
  const draft = kept.map((one) => one.id).join();
  const untouched = useRef(draft);
  useEffect(() => {
    if (draft === untouched.current) return;
    const present = latest.current.map((one) => one.id).join();
    if (present === untouched.current) setItems(kept.map(arrived));
    untouched.current = draft;
  }, [draft]);

  const send = useCallback(
    (item) => {
      const request = new XMLHttpRequest();
      requests.current.set(item.key, request);
      request.open("POST", "/api/attachments");
      request.responseType = "text";
      request.upload.onprogress = ({ loaded, total }) => change(item.key, { part: total ? loaded / total : 0 });
      request.upload.onload = () => change(item.key, { part: 1, state: "checking" });
      request.onload = () => {
        requests.current.delete(item.key);
        if (request.status === 201) {
          const [arrived] = JSON.parse(request.responseText).attachments;
          change(item.key, { state: "done", part: 1, id: arrived.id, name: arrived.originalName, file: null });
        } else change(item.key, { state: "failed", problem: reasonOf(request) });
      };
      request.onerror = () => {
        requests.current.delete(item.key);
        change(item.key, { state: "failed", problem: OFF });
      };
      const body = new FormData();
      body.append("file", item.file, item.name);
      change(item.key, { state: "sending", part: 0, problem: "" });
      request.send(body);
    },
    [change],
  );

  useEffect(() => {
    const busy = items.filter((one) => one.state === "sending" || one.state === "checking").length;
    const next = items.filter((one) => one.state === "waiting" && !requests.current.has(one.key));
    next.slice(0, Math.max(0, AT_ONCE - busy)).forEach(send);
  }, [items, send]);

  useEffect(
    () => () => {
      for (const request of requests.current.values()) request.abort();
      for (const one of latest.current) if (one.preview.startsWith("blob:")) URL.revokeObjectURL(one.preview);
    },
    [],
  );

  const add = useCallback(
    (files) => {
      // A chooser's list is emptied for the next choice, perhaps before the update runs.
      const chosen = [...files];
      setItems((before) => {
        const room = maxFiles ? maxFiles - before.length : Infinity;
        const added = chosen.map((file, index) => {
          const item = fresh(file);
          if (index >= room) return { ...item, state: "failed", problem: `At most ${maxFiles} files.`, final: true };
          if (file.size === 0) return { ...item, state: "failed", problem: "This file is empty.", final: true };
          if (maxBytes && file.size > maxBytes)
            return { ...item, state: "failed", problem: `Larger than ${spokenSize(maxBytes)}.`, final: true };
          return item;
        });
        return [...before, ...added];
      });
    },
    [maxBytes, maxFiles],
  );

  // Cancels what is on its way, takes back what has arrived, or forgets what failed.
  const remove = useCallback((key) => {
    const item = latest.current.find((one) => one.key === key);
    requests.current.get(key)?.abort();
    requests.current.delete(key);
    if (item?.preview.startsWith("blob:")) URL.revokeObjectURL(item.preview);
    if (item?.id) fetch(`/api/attachments/${item.id}`, { method: "DELETE", keepalive: true }).catch(() => {});
    setItems((before) => before.filter((one) => one.key !== key));
  }, []);

  const retry = useCallback((key) => change(key, { state: "waiting", problem: "", part: 0 }), [change]);

  // Another message's files instead: those of a draft, or none once it was sent and they belong to it.
  const restore = useCallback((tiles = []) => {
    for (const request of requests.current.values()) request.abort();
    requests.current.clear();
    for (const one of latest.current) if (one.preview.startsWith("blob:")) URL.revokeObjectURL(one.preview);
    setItems(tiles.map(arrived));
  }, []);

  const ids = useMemo(() => items.filter((one) => one.id).map((one) => one.id), [items]);
  const busy = items.some((one) => ["waiting", "sending", "checking"].includes(one.state));
  return { items, ids, busy, add, remove, retry, restore };
}
