// The theme must be known before the first paint, so this runs in the head.
const wanted = (() => {
  try {
    return localStorage.getItem("theme") || "system";
  } catch {
    return "system";
  }
})();
if (wanted === "light" || wanted === "dark") {
  document.documentElement.classList.add(wanted);
}

// Whoever signs in here next starts with a page of their own. Where a session ended by itself, what its
// member had typed waits in the tab for them alone (`primitives/drafting.jsx`).
try {
  const ended = sessionStorage.getItem("ended") || (new URLSearchParams(location.search).has("next") && "yes");
  const own = ended ? Object.entries(sessionStorage).filter(([name]) => name.startsWith("draft:")) : [];
  sessionStorage.clear();
  for (const [name, text] of own) sessionStorage.setItem(name, text);
  if (own.length > 0) sessionStorage.setItem("ended", ended);
} catch {
  // A browser that keeps nothing has nothing to clear.
}
