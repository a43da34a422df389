// What plays by itself: a button that begins it, then its captions and what pauses, skips and stops it.

import { h, icon, iconButton } from "./dom.js";
import { post, world } from "./world.js";
import { spoken, t } from "./words.js";

const speed = Number(new URLSearchParams(location.search).get("speed")) || 1;
const isOn = (view) => ["playing", "paused"].includes(view?.state);
const inLanguage = (texts) => texts[spoken()] ?? Object.values(texts)[0] ?? "";
let drawn = "";
let caption = null;

/** Draw it; `tour` opens the guided tour, `begin` is called before it plays. */
export function drawPlayback(element, { tour, begin }) {
  const view = world.playback;
  element.hidden = false;
  element.setAttribute("aria-label", view ? inLanguage(view.title) : t("tour"));
  element.dataset.state = view?.state ?? "none";
  const look = `${spoken()} ${view?.state}`;
  if (isOn(view) && drawn === look && caption?.isConnected) return say(element, view);
  drawn = look;
  const focused = document.activeElement?.closest?.("#playback") && document.activeElement.dataset.role;
  element.replaceChildren(...(isOn(view) ? playing(element, view) : idle(view, tour, begin)));
  if (focused) (element.querySelector(`[data-role="${focused}"]`) ?? element.querySelector("button"))?.focus();
  return undefined;
}

function idle(view, tour, begin) {
  const over = { ended: "playEnded", stopped: "playStopped", failed: "playFailed" }[view?.state];
  return [
    view ? h("button", { type: "button", class: "play", dataset: { role: "play" }, onclick: () => (begin(), send("play", { speed })) }, icon("play"), inLanguage(view.title)) : null,
    h("button", { type: "button", class: "text", dataset: { role: "tour" }, onclick: tour }, t("tour")),
    over ? h("p", { class: "over-line", role: "status", dataset: { role: "played" } }, t(over, { trouble: view.trouble })) : null,
  ].filter(Boolean);
}

function playing(element, view) {
  const isPaused = view.state === "paused";
  caption = h("p", { class: "caption", "aria-live": "polite", dataset: { role: "caption" } });
  const parts = [
    caption,
    h("div", { class: "controls" },
      h("span", { class: "count", dataset: { role: "play-step" } }),
      isPaused ? iconButton("play", t("playOn"), { dataset: { role: "play-on" }, onclick: () => send("play") })
        : iconButton("pause", t("playPause"), { dataset: { role: "play-pause" }, onclick: () => send("pause") }),
      iconButton("next", t("playSkip"), { dataset: { role: "play-skip" }, onclick: () => send("skip") }),
      iconButton("stop", t("playStop"), { dataset: { role: "play-stop" }, onclick: () => send("stop") })),
    h("progress", { max: view.steps, "aria-hidden": "true" }),
  ];
  queueMicrotask(() => say(element, view));
  return parts;
}

function say(element, view) {
  const words = inLanguage(view.caption);
  if (!caption) return;
  if (caption.textContent !== words) caption.textContent = words;
  element.querySelector(".count")?.replaceChildren(`${view.step}/${view.steps}`);
  const bar = element.querySelector("progress");
  if (bar) bar.value = view.step;
}

function send(what, more = {}) {
  return post("playback", { do: what, ...more }).catch(() => {});
}
