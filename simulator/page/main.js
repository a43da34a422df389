// The page: people's phones side by side, the clock above, the log of API calls beside.
//
// Hooks for tests and programs that click; they stay as they are:
//   html[data-ready="true"]                         everything is drawn and the events flow
//   section[data-person="ID"]                       a phone; inside it:
//     [data-role="chat-tab"][data-chat="KEY"]       a chat on the phone (only when there are several)
//     [data-role="topic"][data-topic="ID"]          a topic of a forum (0: the general one)
//     [data-role="messages"]                        the open chat; [data-message="ID"] a message, with data-by="bot|me|other"
//     [data-role="text"]                            a message's words
//     [data-role="button"][data-label="WORDS"]      an inline button under a message (data-data: its callback data)
//     [data-role="key"][data-label="WORDS"]         a key of the reply keyboard
//     [data-role="input"], [data-role="send"]       where one types, and the button that sends
//     [data-role="inline-result"]                   a result after typing "@bot words"
//     [data-role="start"]                           START, before the first message
//     [data-role="menu"], [data-role="command"][data-command="/x"]   the bot's menu and its commands
//     [data-role="attach"], input[data-role="file"] the menu of attachments, and the file input
//     [data-role="toast"], [data-role="alert"]      the answer to a tap
//     [data-role="more"], [data-role="offline"], [data-role="blocked"]   the menu with the switches
//     [data-role="expand"]                          this phone alone, in full width (also ?person=ID)
//     [data-role="typing"]                          shown while a bot is typing
//   [data-role="clock"]                             the time; [data-advance="SECONDS"], [data-role="next-day"],
//     [data-role="set-time"], input[data-role="time"], [data-role="go"], [data-speed="X"]
//   [data-role="find"], [data-role="find-input"], [data-role="found"]   people who have no phone on the page
//   [data-role="log-toggle"], [data-role="call"][data-method="NAME"]   the log
//   #playback[data-state="none|idle|playing|paused|ended|stopped|failed"], [data-role="play"], [data-role="play-pause"],
//     [data-role="play-on"], [data-role="play-skip"], [data-role="play-stop"], [data-role="caption"] what plays by itself; ?speed=X
//   [data-role="tour"], [data-role="tour-card"], [data-role="tour-next"], [data-role="tour-back"], [data-role="tour-close"] the tour

import { bar, drawClock } from "./clock.js";
import { avatar, h } from "./dom.js";
import { unreadOf } from "./head.js";
import { addCall, drawLog } from "./log.js";
import { Phone } from "./phone.js";
import { drawPlayback } from "./playback.js";
import { closeTour, drawTour, openTour, wasClosed } from "./tour.js";
import { follow, listen, load, world } from "./world.js";
import { setWords, t } from "./words.js";

const phones = new Map();
const place = document.getElementById("phones");
const strip = document.getElementById("strip");
const query = new URLSearchParams(location.search);
let alone = Number(query.get("person")) || 0;

function language() {
  return query.get("lang") ?? localStorage.getItem("language") ?? world.language;
}

export function redraw() {
  setWords(language(), world.zone);
  const bot = world.bots[0];
  document.title = bot ? `${bot.name} – ${t("simulator")}` : t("simulator");
  document.querySelectorAll("[data-words]").forEach((element) => (element.textContent = t(element.dataset.words)));
  bar(document.getElementById("bar"), { redraw, show: bring });
  drawLog(document.getElementById("log"));
  drawPhones();
  drawPlay();
  if (world.playback && !["playing", "paused"].includes(world.playback.state) && !wasClosed() && !document.querySelector("[data-role='tour-card']")) openTour();
  else drawTour();
}

function drawPhones() {
  for (const [id, phone] of phones) {
    if (!world.people.has(id)) phone.element.remove(), phones.delete(id);
  }
  for (const person of world.people.values()) {
    if (!phones.has(person.id)) phones.set(person.id, new Phone(person.id, { show }));
    const phone = phones.get(person.id);
    if (!phone.element.isConnected) place.append(phone.element);
    phone.draw();
  }
  place.querySelector(".nobody")?.remove();
  if (!world.people.size) place.replaceChildren(h("p", { class: "nobody" }, t("noPeople")));
  if (alone && !world.people.has(alone)) alone = 0;
  layout();
}

const narrow = matchMedia("(max-width: 760px)");

function layout() {
  const chosen = alone || (narrow.matches ? first() : 0);
  document.body.dataset.alone = String(Boolean(chosen));
  document.body.dataset.chosen = String(Boolean(alone));
  for (const [id, phone] of phones) {
    phone.element.hidden = Boolean(chosen) && id !== chosen;
    phone.alone(id === chosen);
  }
  const name = world.people.get(chosen)?.name;
  for (const each of place.querySelectorAll("section.phone.zalo")) each.hidden = Boolean(chosen) && !(alone && each.dataset.owner === name);
  drawStrip(chosen);
}

const first = () => world.people.keys().next().value ?? 0;

function drawStrip(chosen) {
  strip.hidden = !chosen || world.people.size < 2;
  if (strip.hidden) return;
  const all = alone && !narrow.matches
    ? h("button", { type: "button", class: "face all", onclick: () => show(0) }, h("span", { class: "name" }, t("together")))
    : null;
  const faces = [...world.people.values()].map((person) => {
    const unread = unreadOf(person);
    return h(
      "button",
      {
        type: "button", class: "face", "aria-pressed": String(person.id === chosen), dataset: { face: person.id },
        onclick: () => show(person.id),
      },
      avatar(person.id, person.name),
      h("span", { class: "who" }, h("span", { class: "name" }, person.name), h("span", { class: "caption" }, person.caption)),
      unread && person.id !== chosen ? h("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)) : null,
    );
  });
  strip.setAttribute("aria-label", t("everyone"));
  strip.replaceChildren(...(all ? [all] : []), ...faces);
  strip.querySelector("[aria-pressed='true']")?.scrollIntoView({ inline: "nearest", block: "nearest" });
}

/** Show one person alone who may not be on the page yet. */
async function bring(id) {
  show(id);
  if (!world.people.has(id)) await load();
  show(id);
}

/** Show one person alone, or everybody (0). */
function show(id) {
  alone = id;
  const address = new URL(location.href);
  if (id) address.searchParams.set("person", id);
  else address.searchParams.delete("person");
  history.replaceState(null, "", address);
  layout();
  phones.get(id)?.focus();
}

function drawPlay() {
  drawPlayback(document.getElementById("playback"), { tour: openTour, begin: closeTour });
  const { state, who = [] } = world.playback ?? {};
  const acting = state === "playing" ? who.filter((id) => world.people.has(id)) : [];
  for (const [id, phone] of phones) phone.element.dataset.playing = String(acting.includes(id));
  if (!acting.length) return;
  for (const id of acting) phones.get(id)?.toHome();
  if ((alone || narrow.matches) && !acting.includes(alone || first())) alone = acting[0], layout();
  else phones.get(acting[0]).element.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function onEvent(event) {
  if (event.type === "state") return redraw();
  if (event.type === "call") return addCall(event.call);
  if (event.type === "clock") return drawClock();
  if (event.type === "playback") return drawPlay();
  const chat = event.message?.chat ?? event.chat?.key ?? event.chat;
  for (const phone of phones.values()) phone.on(event, chat);
  if (event.type === "person" && !phones.has(event.person.id) && world.people.has(event.person.id)) drawPhones();
  if (event.type === "message") announce(event.message);
  drawStrip(alone || (narrow.matches ? first() : 0));
  return undefined;
}

function announce(message) {
  if (!message.by.bot) return;
  const words = message.text || t(message.photo ? "photo" : message.document ? "document" : "message");
  document.getElementById("live").textContent = t("newMessage", { name: message.by.name, text: words.slice(0, 200) });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && /^[1-9]$/.test(event.key)) {
    const phone = [...phones.values()][Number(event.key) - 1];
    if (phone) event.preventDefault(), alone || narrow.matches ? show(phone.id) : phone.focus();
  }
  if (event.key === "Escape" && alone && !document.querySelector("dialog[open], .popup:not([hidden])")) show(0);
});
narrow.addEventListener("change", layout);
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.readAll()));

const theme = query.get("theme") ?? localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
listen(onEvent);
follow((connected) => {
  document.body.dataset.lost = String(!connected);
  if (connected && world.zalo) import("./zalo.js"); // phones with Zalo on them, beside the others
  if (connected) document.documentElement.dataset.ready = "true";
});
