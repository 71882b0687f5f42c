import { useEffect, useRef } from "react";

export const addressOf = (id) => `/api/attachments/${id}`;

// A pasted picture has no name of its own; the moment tells one from the next.
export const named = (file) => {
  if (file.name && file.name !== "image.png") return file;
  const stamp = new Date().toLocaleString("sv-SE").replaceAll(":", ".");
  const ending = (file.type.split("/")[1] || "png").replace("jpeg", "jpg").replace("svg+xml", "svg");
  return new File([file], `Pasted ${stamp}.${ending}`, { type: file.type });
};

// Pictures pasted into a text: uploaded like any file, shown in the text once they have arrived, and gone
// from it when the file is removed. `active`: whether the text of these uploads is the one on screen.
export function usePictures(uploads, handle, active = true) {
  const waiting = useRef(new Map());
  const arrived = useRef(new Set());
  useEffect(() => {
    if (!active) return;
    const present = new Set();
    for (const item of uploads.items) {
      if (waiting.current.delete(item.file)) waiting.current.set(item.key, true);
      if (item.id) present.add(item.id);
      if (!item.id || !handle.current || !waiting.current.delete(item.key)) continue;
      handle.current.picture(addressOf(item.id), item.name);
    }
    for (const id of arrived.current) if (!present.has(id)) handle.current?.dropPicture(addressOf(id));
    arrived.current = present;
  }, [uploads.items, active]);
  return (files) => {
    const pictures = files.map(named);
    for (const file of pictures) waiting.current.set(file, true);
    uploads.add(pictures);
  };
}
