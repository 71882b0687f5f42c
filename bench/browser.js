// What the browser's benchmarks ask of a page: do something, and say when it was painted.
(() => {
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(0);
      });
    });
  const until = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return false;
        watcher.disconnect();
        resolve(painted());
        return true;
      };
      const watcher = new MutationObserver(look);
      if (look()) return;
      watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  const now = () => performance.timeOrigin + performance.now();

  let jumps = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) jumps += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  window.bench = {
    shift: () => jumps,
    open: async (row) => {
      const link = document.querySelectorAll("[data-row-link]")[row];
      const subject = link.textContent;
      const there = until(
        () => document.querySelector("main h1")?.textContent === subject && document.querySelector(".items .message"),
      );
      const began = now();
      link.click();
      return (await there) - began;
    },
    watch: (number, words) => {
      const row = () =>
        [...document.querySelectorAll("[data-row]")].find((one) => one.querySelector(".row-number").textContent === String(number));
      window.bench.seen = until(() => row()?.querySelector(`[aria-label="${words}"]`));
    },
    pick: async (words) => {
      const option = [...document.querySelectorAll("[role=option]")].find((one) => one.textContent.trim() === words);
      const control = document.querySelector("[role=combobox][aria-label=Priority]");
      const there = until(() => control.textContent.trim() === words);
      const began = now();
      option.click();
      return (await there) - began;
    },
  };
})();
