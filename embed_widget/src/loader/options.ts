/** What one script element asks for; every value comes from its data-* attributes. */
export interface Options {
  organizationId: string;
  /** What the dialog shows: the ticket form, or the chat. */
  page: "tickets" | "chat";
  /** Where the desk lives: scheme, host and port, without a path. */
  base: string;
  theme: string;
  position: string;
  locale: string;
  color: string;
  label: string;
  hideLauncher: boolean;
  prefill: Record<string, string>;
}

/** Options of a script element, or undefined where it names no organization. */
export function optionsOf({ dataset, src }: HTMLScriptElement): Options | undefined {
  const { organizationId, baseUrl, theme = "auto", position = "", locale = "", color = "", label = "", mode, hideLauncher } = dataset;
  if (!organizationId) return;
  const prefill: Record<string, string> = {};
  for (const key in dataset) {
    if (/^prefill./.test(key)) prefill[key[7]!.toLowerCase() + key.slice(8)] = dataset[key]!;
  }
  return {
    organizationId,
    page: mode == "chat" ? mode : "tickets",
    base: new URL(baseUrl || src, location.href).origin,
    theme,
    position,
    locale,
    color,
    label,
    hideLauncher: hideLauncher != null && hideLauncher != "false",
    prefill,
  };
}
