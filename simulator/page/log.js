// The log of API calls, for developers.

import { h, iconButton } from "./dom.js";
import { world } from "./world.js";
import { second, t } from "./words.js";

const MOST = 300;
let list = null;
let filter = "";

export function toggleLog() {
  const panel = document.getElementById("log");
  panel.hidden = !panel.hidden;
  document.body.dataset.log = String(!panel.hidden);
  document.querySelector("[data-role='log-toggle']")?.setAttribute("aria-expanded", String(!panel.hidden));
  if (!panel.hidden) list.lastElementChild?.scrollIntoView({ block: "end" });
}

export function drawLog(panel) {
  list = h("ol", { class: "calls" });
  const search = h("input", {
    type: "search", placeholder: t("filter"), "aria-label": t("filter"), value: filter,
    oninput: () => (filter = search.value.toLowerCase(), show()),
  });
  panel.setAttribute("aria-label", t("log"));
  panel.replaceChildren(
    h("header", {}, h("h2", {}, t("log")), iconButton("close", t("close"), { onclick: toggleLog })),
    search, list, h("p", { class: "empty" }, t("noCalls")),
  );
  show();
}

function show() {
  list.replaceChildren(...world.log.filter(fits).slice(-MOST).map(row));
}

const fits = (call) => !filter || call.method.toLowerCase().includes(filter);

export function addCall(call) {
  if (!fits(call)) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.append(row(call));
  while (list.children.length > MOST) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function row(call) {
  const chat = call.params.chat_id;
  const person = world.people.get(Number(chat));
  const group = [...world.chats.values()].find((c) => String(c.id) === String(chat) && c.type !== "private");
  const refused = call.status !== 200;
  const details = h(
    "details",
    { dataset: { role: "call", method: call.method, status: call.status }, class: refused ? "refused" : "" },
    h("summary", {},
      h("span", { class: "method" }, call.method),
      h("span", { class: "status" }, String(call.status || "—")),
      h("span", { class: "to" }, person?.name ?? group?.title ?? (chat ? String(chat) : "")),
      h("span", { class: "when" }, `${second(new Date(call.at))} · ${call.ms} ms`)),
  );
  details.addEventListener("toggle", () => details.children.length > 1 || details.append(
    h("p", {}, t("asked")), h("pre", { tabindex: "0" }, pretty(call.params)),
    h("p", {}, t("answered")), h("pre", { tabindex: "0" }, pretty(call.answer)),
  ), { once: true });
  return h("li", {}, details);
}

function pretty(value) {
  const opened = value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unfold(v)]))
    : value;
  return JSON.stringify(opened, null, 2);
}

function unfold(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
