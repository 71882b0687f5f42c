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

// Whoever signs in here next starts with a page of their own.
try {
  sessionStorage.clear();
} catch {
  // A browser that keeps nothing has nothing to clear.
}
