"""What an account prefers to see, put on before the first paint, on any browser."""

import reflex as rx

# Without storage or with a cookie of somebody else's making, the page looks as the system has it.
_SCRIPT = """
(() => {
  const known = /(?:^|; )ticketdesk_look=(system|light|dark)\\.(comfortable|compact)\\.([\\w-]*)/;
  const said = document.cookie.match(known);
  if (!said) return;
  const [, theme, density, dateLanguage] = said;
  const root = document.documentElement;
  const wear = (worn) => {
    const outside = matchMedia("(prefers-color-scheme: dark)").matches;
    const dark = worn === "dark" || (worn === "system" && outside);
    root.classList.remove("light", "dark");
    root.classList.add(dark ? "dark" : "light");
    root.style.colorScheme = dark ? "dark" : "light";
    root.dataset.density = density;
  };
  wear(theme);
  const kept = JSON.parse(localStorage.getItem("own-look") || "{}");
  if (kept.theme !== theme) localStorage.setItem("theme", theme);
  localStorage.setItem("own-look", JSON.stringify({ ...kept, theme, density, dateLanguage }));
  wear(localStorage.getItem("theme") || theme);
})();
"""


def first_look() -> rx.Component:
    """The script for the head; the server says with a cookie what the account prefers.

    `primitives/own_look.jsx` keeps cookie and storage as they are from then on.
    """
    return rx.el.script(_SCRIPT)
