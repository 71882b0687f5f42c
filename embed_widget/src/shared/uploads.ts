import { make } from "./dom";

export interface UploadLimits {
  maxFiles: number;
  maxBytes: number;
  accept: string[];
}

export interface Stored {
  id: string;
  name: string;
  size: number;
  /** When it was stored, in ms: a file nobody sent in expires on the server. */
  at: number;
}

interface Upload {
  file: { name: string; size: number };
  stored?: Stored;
  request?: XMLHttpRequest;
  waits?: boolean;
  item: HTMLLIElement;
}

type Say = (key: string, filling?: Record<string, string | number>) => string;

/** A day less an hour: what the server would have thrown away must not come back from a draft. */
const KEEPS = 23 * 3600 * 1000;
const AT_ONCE = 3;

/** A size as people read it; the same in ticketdesk/public/embed_page.py. */
export const inUnits = (bytes: number) =>
  bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 2 ** 20).toFixed(1).replace(".0", "")} MB`;

/** What a server said as JSON; {} for a page of a proxy in between, such as its own "too large". */
function read(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/**
 * The list of files with progress, cancel, retry and removal.
 * `url` takes one multipart file a request and answers {attachment: {id}}.
 */
export function createUploads(
  { input, zone, list, limits, url, fields, say, changed }: {
    input: HTMLInputElement; zone: HTMLElement; list: HTMLElement; limits: UploadLimits; url: string;
    fields: Record<string, string>; say: Say; changed: () => void;
  },
) {
  const uploads: Upload[] = [];
  const problem = (message: string) => {
    const line = document.getElementById(`${input.id}-error`)!;
    line.textContent = message;
    line.hidden = !message;
  };

  const forget = (upload: Upload) => {
    upload.request?.abort();
    uploads.splice(uploads.indexOf(upload), 1);
    upload.item.remove();
    problem("");
    input.focus();
    // Whoever waits for all files waits for this one no longer.
    goOn();
  };

  const draw = (upload: Upload, percent: number | "failed" | "done", why = "", isFinal = false) => {
    const { name, size } = upload.file;
    const isDone = percent == "done";
    const isFailed = percent == "failed";
    const button = (label: string, sign: string, act: () => void) =>
      make("button", { type: "button", class: "icon", "aria-label": say(label, { name }), click: act }, sign);
    const bar = make("progress", { max: 100, value: isDone || isFailed ? 100 : percent, "aria-label": name, hidden: isDone || isFailed });
    const parts: Node[] = [
      make("span", { class: "name", dir: "auto" }, name),
      make("span", { class: "size", dir: "auto" }, isFailed ? why || say("files.failed") : isDone ? inUnits(size) : `${percent} %`),
      bar,
    ];
    // What was refused for what it is will be refused again.
    if (isFailed && !isFinal && upload.file instanceof File) parts.push(button("files.retry", "↻", () => wait(upload)));
    parts.push(button(isDone || isFailed ? "files.remove" : "files.cancel", "×", () => forget(upload)));
    upload.item.className = isFailed ? "failed" : "";
    upload.item.replaceChildren(...parts);
    return { bar, size: parts[1] as HTMLElement };
  };

  /** Starts what waits, a few at a time: the server keeps places for everybody else, too. */
  const start = () => {
    const busy = uploads.filter(({ request }) => request).length;
    uploads.filter(({ waits }) => waits).slice(0, Math.max(0, AT_ONCE - busy)).forEach(send);
  };

  const wait = (upload: Upload) => {
    upload.waits = true;
    draw(upload, 0);
    start();
  };

  const send = (upload: Upload) => {
    const file = upload.file as File;
    upload.waits = false;
    const request = (upload.request = new XMLHttpRequest());
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", file, file.name);
    const view = draw(upload, 0);
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.floor((99 * loaded) / total);
      view.bar.value = percent;
      view.size.textContent = `${percent} %`;
    };
    request.onload = () => {
      const answer = read(request.responseText);
      const attachment = answer.attachment ?? answer.attachments?.[0];
      if (request.status < 300 && attachment) {
        upload.stored = { id: attachment.id, name: file.name, size: file.size, at: Date.now() };
        draw(upload, "done");
      } else draw(upload, "failed", answer.error?.fields?.file ?? answer.error?.message, [413, 415, 422].includes(request.status));
      settle(upload);
    };
    request.onerror = () => {
      draw(upload, "failed");
      settle(upload);
    };
    request.open("POST", url);
    request.responseType = "text";
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.send(body);
  };

  const settle = (upload: Upload) => {
    upload.request = undefined;
    goOn();
  };

  const goOn = () => {
    start();
    changed();
    list.dispatchEvent(new Event("settled"));
  };

  const place = (file: Upload["file"]) => {
    const upload: Upload = { file, item: make("li") };
    uploads.push(upload);
    list.append(upload.item);
    return upload;
  };

  const add = (files: Iterable<File>) => {
    problem("");
    for (const file of files) {
      if (uploads.length >= limits.maxFiles) problem(say("files.tooMany", { count: limits.maxFiles }));
      else if (file.size > limits.maxBytes)
        problem(say("files.tooLarge", { name: file.name, size: inUnits(limits.maxBytes) }));
      else wait(place(file));
    }
    input.value = "";
  };

  input.addEventListener("change", () => add(input.files!));
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", type != "dragleave" && type != "drop");
      if (type == "drop") add((event as DragEvent).dataTransfer!.files);
    });
  }
  document.addEventListener("paste", ({ clipboardData }) => {
    if (clipboardData?.files.length && zone.offsetParent) add(clipboardData.files);
  });

  return {
    restore(stored: Stored[]) {
      for (const one of stored) {
        if (Date.now() - one.at > KEEPS) continue;
        const upload = place(one);
        upload.stored = one;
        draw(upload, "done");
      }
    },
    stored: () => uploads.flatMap(({ stored }) => stored ?? []),
    /** Resolves when nothing is under way any more. */
    async settled() {
      while (uploads.some(({ request, waits }) => request || waits))
        await new Promise((next) => list.addEventListener("settled", next, { once: true }));
    },
    /** How many files did not arrive. */
    broken: () => uploads.filter(({ stored, request, waits }) => !stored && !request && !waits).length,
    clear() {
      uploads.splice(0).forEach(({ item, request }) => {
        request?.abort();
        item.remove();
      });
    },
  };
}
