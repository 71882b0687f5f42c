import { type Options, optionsOf } from "./options";
import { createWidget, type EventName, type Listener, type Values } from "./widget";

type Command = [name: string, ...args: unknown[]];

function createApi() {
  const widgets: ReturnType<typeof createWidget>[] = [];
  const listeners = new Set<[EventName, Listener]>();
  let isReady = false;

  const emit = (name: EventName, detail?: unknown) => {
    for (const [wanted, listener] of listeners) {
      // A listener's mistake is the host page's to see, and must not stop the form.
      if (wanted == name) queueMicrotask(() => listener(detail));
    }
  };
  const pick = (id?: string) => widgets.find((widget) => !id || widget.id == id);

  const api = {
    /** Opens the form; with several organizations on a page, name the one that is meant. */
    open: (id?: string) => pick(id)?.open(),
    close: () => widgets.forEach((widget) => widget.close()),
    prefill: (values: Values, id?: string) => pick(id)?.prefill(values),
    /** Calls back at an event; returns a function that stops it. */
    on(name: EventName, listener: Listener) {
      const entry: [EventName, Listener] = [name, listener];
      listeners.add(entry);
      if (name == "ready" && isReady) listener();
      return () => void listeners.delete(entry);
    },
    /** Takes the calls a page queued as [name, ...arguments] before this script arrived. */
    push: ([name, ...args]: Command) => (api as unknown as Record<string, Listener>)[name]!(...(args as [])),
    /** Adds a launcher, once per organization, however often the script is loaded. */
    add(options?: Options) {
      if (!options || widgets.some(({ id }) => id == options.organizationId)) return;
      const widget = createWidget(options, emit);
      widgets.push(widget);
      const mount = () => {
        widget.mount();
        // Routers that replace the whole document take the launcher along: put it back.
        new MutationObserver(widget.mount).observe(document.documentElement, { childList: true });
        isReady = true;
        emit("ready");
      };
      if (document.body) mount();
      else addEventListener("DOMContentLoaded", mount);
    },
  };
  return api;
}

const page = window as unknown as { EclipseTickets?: ReturnType<typeof createApi> | Command[] };
const before = page.EclipseTickets;
const api = before && "add" in before ? before : createApi();
page.EclipseTickets = api;
// currentScript is null for scripts added by a module loader: then every marked element counts.
const current = document.currentScript as HTMLScriptElement | null;
const marked = document.querySelectorAll<HTMLScriptElement>("script[data-eclipse-tickets]");
for (const script of current?.dataset.organizationId ? [current] : marked) api.add(optionsOf(script));
if (Array.isArray(before)) before.forEach(api.push);
