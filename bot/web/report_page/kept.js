// What this browser keeps of a report's page: what was typed and is not saved yet, and a copy of the page to open without a network.
"use strict";
const kept = (() => {
  const DAYS = 7, HOURS = 12, PREFIX = "giaoban report ", CACHE = "giaoban report 1";
  const tell = (work) => { try { return work(); } catch { return undefined; } };  // a browser that keeps nothing
  const read = (key) => tell(() => JSON.parse(localStorage.getItem(PREFIX + key))) || {};
  const write = (key, value) => tell(() => localStorage.setItem(PREFIX + key, JSON.stringify(value)));
  const drop = (key) => tell(() => localStorage.removeItem(PREFIX + key));
  tell(() => {
    for (const each of Object.keys(localStorage)) {
      if (each.startsWith(PREFIX) && !(read(each.slice(PREFIX.length)).at > Date.now() - DAYS * 864e5)) localStorage.removeItem(each);
    }
  });

  const canCopy = "serviceWorker" in navigator && "caches" in window;
  const files = () => [...document.querySelectorAll("link[rel='stylesheet'], script[src]")].map((each) => each.href || each.src);
  // The page as the server has just made it; its own policy goes with it.
  async function copy(html, policy) {
    if (!canCopy) return;
    try {
      const cache = await caches.open(CACHE), marked = html.replace("<html ", "<html data-copy='1' ");
      const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, "X-Kept-At": String(Date.now()) };
      await cache.put(location.pathname, new Response(marked, { headers }));
      for (const each of files()) if (!await cache.match(each)) await cache.add(each);
      await navigator.serviceWorker.register("../worker.js");
    } catch { /* there is no room, or it is not allowed: the page works all the same */ }
  }
  // The page is not open any more; with the last of them goes everything.
  async function forget() {
    if (!canCopy) return;
    try {
      const cache = await caches.open(CACHE);
      await cache.delete(location.pathname);
      let left = 0;
      for (const each of await cache.keys()) {
        const at = (await cache.match(each)).headers.get("X-Kept-At");
        if (at && Number(at) > Date.now() - HOURS * 36e5) left += 1;
      }
      if (left) return;
      await caches.delete(CACHE);
      const worker = await navigator.serviceWorker.getRegistration("../");
      if (worker) await worker.unregister();
    } catch { /* as above */ }
  }
  return { read, write, drop, copy, forget };
})();
