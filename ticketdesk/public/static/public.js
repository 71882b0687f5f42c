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
