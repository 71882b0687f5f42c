import { byId, show } from "./dom";
import { localise } from "./times";

/** Reads a ticket's page again whenever its stream says so; what is being typed stays. */
export function follow(path: string) {
  const refresh = async () => {
    const answer = await fetch(path, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    // Signed out meanwhile: another page stands there.
    if (!fresh || fresh.dataset.digest == byId("live").dataset.digest) return;
    byId("live").replaceWith(fresh);
    byId("answer").querySelector(".actions")!.replaceWith(page.querySelector("#answer .actions")!);
    localise();
    const news = byId("news");
    news.textContent = news.dataset.says!;
    show(news, true);
  };
  // What this page shows stands in the address, so that nothing is missed before the stream begins.
  const seen = new URLSearchParams({ seen: byId("live").dataset.digest! });
  new EventSource(`${path}/events?${seen}`).addEventListener("changed", refresh);
}
