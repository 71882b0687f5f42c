import { make } from "./dom";

interface Hosted {
  render(element: HTMLElement, options: { sitekey: string; callback: (token: string) => void; "error-callback": () => void }): void;
}

const SCRIPTS = {
  turnstile: "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
  hcaptcha: "https://js.hcaptcha.com/1/api.js?render=explicit",
};

/** Asks a hosted service, only where the organization chose one; its script loads at this moment, not before. */
export async function ask(provider: "turnstile" | "hcaptcha", sitekey: string, before: Element): Promise<string> {
  const place = make("div", { class: "captcha" });
  before.before(place);
  await new Promise((resolve, reject) =>
    document.head.append(make("script", { src: SCRIPTS[provider], load: resolve, error: reject })),
  );
  const service = (window as unknown as Record<string, Hosted>)[provider]!;
  return new Promise<string>((callback, reject) =>
    service.render(place, { sitekey, callback, "error-callback": () => reject(new Error(provider)) }),
  ).finally(() => place.remove());
}
