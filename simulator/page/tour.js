// A short guided tour: a card beside one part of the page after the other; that it was closed is remembered.

import { h, iconButton } from "./dom.js";
import { t } from "./words.js";

const STEPS = [
  { key: "tour.phones", at: "#strip:not([hidden]), .phone:not([hidden]) .owner" },
  { key: "tour.talk", at: ".phone:not([hidden]) .composer" },
  { key: "tour.chats", at: ".phone:not([hidden]) .tabs:not([hidden])" },
  { key: "tour.clock", at: "#bar .clock" },
  { key: "tour.play", at: "[data-role='play']" },
];
const KEPT = "tour";
const GAP = 12;
let card = null;
let ring = null;
let opener = null;
let place = 0;

const target = (step) => [...document.querySelectorAll(step.at)].find((e) => e.getClientRects().length);
const steps = () => STEPS.filter(target);

/** Whether somebody has closed it in this browser. */
export const wasClosed = () => localStorage.getItem(KEPT) === "closed";

export function openTour(event) {
  closeTour();
  opener = event?.currentTarget ?? null;
  place = 0;
  ring = h("div", { class: "tour-ring", "aria-hidden": "true" });
  card = h("div", { class: "tour-card", role: "dialog", "aria-label": t("tour"), dataset: { role: "tour-card" }, onkeydown: keys });
  document.body.append(ring, card);
  draw();
}

/** Close it, and remember that it was. */
export function closeTour() {
  if (!card) return;
  localStorage.setItem(KEPT, "closed");
  const inside = card.contains(document.activeElement);
  card.remove();
  ring.remove();
  card = null;
  if (inside) (opener?.isConnected ? opener : document.querySelector("[data-role='tour']"))?.focus();
}

/** The words in another language, or another place after the page has changed. */
export function drawTour() {
  if (card) draw();
}

function go(by) {
  const next = place + by;
  if (next >= steps().length) return closeTour();
  place = Math.max(0, next);
  return draw();
}

function keys(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by) event.preventDefault(), go(by);
}

function draw() {
  const all = steps();
  place = Math.min(place, all.length - 1);
  const isLast = place === all.length - 1;
  const next = h("button", { type: "button", class: "primary", dataset: { role: "tour-next" }, onclick: () => go(1) }, t(isLast ? "tourDone" : "tourNext"));
  card.replaceChildren(
    h("div", { class: "head" }, h("span", { class: "count" }, `${place + 1}/${all.length}`), iconButton("close", t("close"), { dataset: { role: "tour-close" }, onclick: closeTour })),
    h("p", { "aria-live": "polite" }, t(all[place].key)),
    h("div", { class: "ways" },
      place ? h("button", { type: "button", class: "text", dataset: { role: "tour-back" }, onclick: () => go(-1) }, t("tourBack")) : null, next),
  );
  put(all[place]);
  next.focus({ preventScroll: true });
}

function put(step) {
  const around = target(step);
  around.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = around.getBoundingClientRect();
  const edge = Math.max(0, box.left - 4);
  const width = Math.min(innerWidth, box.right + 4) - edge;
  Object.assign(ring.style, { left: `${edge}px`, top: `${box.top - 4}px`, width: `${width}px`, height: `${box.height + 8}px` });
  const { offsetWidth: wide, offsetHeight: high } = card;
  const below = box.bottom + GAP + high <= innerHeight;
  const top = below ? box.bottom + GAP : Math.max(GAP, box.top - high - GAP);
  const left = Math.min(Math.max(GAP, box.left), innerWidth - wide - GAP);
  Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
}

addEventListener("resize", drawTour);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && card) event.stopImmediatePropagation(), closeTour();
});
