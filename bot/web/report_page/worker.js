// Opens a report's page again where there is no network: the copy that the page itself has kept (kept.js) while its report is open.
// Nothing else is answered here, no link is kept, and it goes when the last report of this browser is sent.
"use strict";
const CACHE = "giaoban report 1", HOURS = 12, PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (url.pathname.includes("/files/")) event.respondWith(caches.match(request).then((found) => found || fetch(request)));
});

async function page(request, url) {
  const copy = await kept(url);
  if (!copy) return fetch(request);
  const asked = fetch(request).then((answer) => (answer.status >= 500 ? copy : answer), () => copy);
  return Promise.race([asked, new Promise((done) => setTimeout(() => done(copy), PATIENCE))]);
}

// The copy of a page; of a link that was used here, the way to it.
async function kept(url) {
  const cache = await caches.open(CACHE), token = url.searchParams.get("k");
  const path = token && url.pathname.endsWith("/enter") ? new URL(`${await place(token)}/`, url).pathname : url.pathname;
  const found = await cache.match(path);
  if (!found) return undefined;
  if (!(Number(found.headers.get("X-Kept-At")) > Date.now() - HOURS * 36e5)) { await cache.delete(path); return undefined; }
  return path === url.pathname ? found : Response.redirect(path, 302);
}

// As the server names the page of a link.
async function place(token) {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`page ${token}`));
  return [...new Uint8Array(sum).slice(0, 8)].map((each) => each.toString(16).padStart(2, "0")).join("");
}
