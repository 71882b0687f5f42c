/** An element with attributes and children; never innerHTML, so that Trusted Types pages accept us. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...children);
  return element;
}

/** A decorative 24x24 line icon. */
export function icon(path: string): SVGSVGElement {
  const draw = (tag: string, name: string, value: string) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    element.setAttribute(name, value);
    return element as SVGSVGElement;
  };
  const svg = draw("svg", "viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(draw("path", "d", path));
  return svg;
}

/** Black or white, whichever reads better on a CSS hex colour (relative luminance, WCAG 2.2). */
export function inkOn(color: string): string {
  const hex = color.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.21 * r! + 0.72 * g! + 0.07 * b! > 0.18 ? "#111" : "#fff";
}
