// The bar: the bot's name, the simulated clock and what moves it, language, theme and log.

import { h, icon, iconButton } from "./dom.js";
import { finder } from "./find.js";
import { toggleLog } from "./log.js";
import { now, post, world } from "./world.js";
import { hour, localIso, longDay, spoken, t } from "./words.js";

const STEPS = [1, 5, 30];
const SPEEDS = [0, 1, 60];
let parts = null;
let timer = 0;

async function change(body) {
  const trouble = parts.trouble;
  trouble.textContent = "";
  try {
    await post("clock", body);
  } catch (error) {
    trouble.textContent = /forward/.test(error.message) ? t("onlyForward") : error.message;
  }
}

function steps() {
  return STEPS.map((n) =>
    h("button", { type: "button", class: "step", "aria-label": t("minutes", { n }), dataset: { advance: n * 60 }, onclick: () => change({ advance: n * 60 }) }, h("span", { class: "wide" }, t("minutes", { n })), h("span", { class: "short" }, `+${n}′`)),
  );
}

function nextMorning() {
  const [date] = localIso(new Date(now().getTime() + 86400000)).split("T");
  return change({ move_to_local: `${date}T07:00` });
}

function setTime() {
  const input = h("input", { type: "datetime-local", "aria-label": t("moveTo"), dataset: { role: "time" }, step: "60" });
  const form = h(
    "form",
    {
      class: "popup set-time", hidden: true,
      onsubmit: (event) => {
        event.preventDefault();
        form.hidden = true;
        change({ move_to_local: input.value });
      },
    },
    h("label", {}, t("moveTo"), input),
    h("button", { type: "submit", class: "primary", dataset: { role: "go" } }, t("go")),
  );
  const opener = h(
    "button",
    {
      type: "button", class: "step", "aria-expanded": "false", dataset: { role: "set-time" },
      onclick: () => {
        form.hidden = !form.hidden;
        opener.setAttribute("aria-expanded", String(!form.hidden));
        input.value = localIso(now());
        if (!form.hidden) input.focus();
      },
    },
    icon("clock"), h("span", { class: "wide" }, t("move")),
  );
  const close = () => (form.hidden = true, opener.setAttribute("aria-expanded", "false"));
  form.addEventListener("keydown", (event) => event.key === "Escape" && (close(), opener.focus()));
  document.addEventListener("pointerdown", (event) => form.contains(event.target) || opener.contains(event.target) || close(), true);
  return h("span", { class: "with-popup" }, opener, form);
}

function speeds() {
  return h(
    "span",
    { class: "speeds", role: "group", "aria-label": t("speed") },
    SPEEDS.map((speed) =>
      h(
        "button",
        {
          type: "button", class: "speed", dataset: { speed }, onclick: () => change({ speed }),
          "aria-label": speed ? t("run", { speed }) : t("pause"), title: speed ? t("run", { speed }) : t("pause"),
        },
        speed ? `×${speed}` : icon("pause"),
      ),
    ),
  );
}

function flipTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
}

/** Draw the bar anew. */
export function bar(element, { redraw, show }) {
  const bot = world.bots[0];
  parts = {
    time: h("time", { class: "time", dataset: { role: "clock" } }),
    date: h("span", { class: "date" }),
    state: h("span", { class: "state" }),
    trouble: h("span", { class: "trouble", role: "alert" }),
  };
  const flip = () => {
    localStorage.setItem("language", spoken() === "vi" ? "en" : "vi");
    redraw();
  };
  element.replaceChildren(
    h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "", width: 32, height: 32 }),
      h("div", { class: "names" }, h("h1", {}, bot?.name ?? "Bot"), h("p", {}, t("simulator")))),
    h("div", { class: "clock", role: "group", "aria-label": t("clock") },
      h("div", { class: "reading" }, parts.time, h("div", { class: "under" }, parts.date, parts.state)),
      h("div", { class: "steps" }, steps(), setTime(),
        h("button", { type: "button", class: "step", dataset: { role: "next-day" }, onclick: nextMorning }, icon("sunrise"), h("span", { class: "wide" }, t("nextDay"))),
        speeds()),
      parts.trouble),
    h("div", { class: "tools" },
      h("button", { type: "button", class: "text", dataset: { role: "language" }, lang: spoken() === "vi" ? "en" : "vi", onclick: flip }, t("language")),
      finder(show),
      iconButton("theme", t("theme"), { dataset: { role: "theme" }, onclick: flipTheme }),
      iconButton("log", t("log"), { dataset: { role: "log-toggle" }, "aria-expanded": "false", "aria-controls": "log", onclick: toggleLog })),
    h("p", { class: "lost", role: "alert" }, t("lost")),
  );
  drawClock();
}

/** Show the time, now and on each minute while the clock runs. */
export function drawClock() {
  clearTimeout(timer);
  const { speed } = world.clock;
  const moment = now();
  parts.time.textContent = hour(moment);
  parts.time.dateTime = moment.toISOString();
  parts.date.textContent = longDay(moment);
  parts.state.textContent = speed ? t("runs", { speed }) : t("stands");
  parts.state.dataset.runs = String(speed > 0);
  document.querySelectorAll("[data-speed]").forEach((button) => {
    button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
  });
  document.querySelectorAll("[data-role='phone-time']").forEach((element) => (element.textContent = hour(moment)));
  if (speed) {
    const left = (60000 - (moment.getTime() % 60000)) / speed;
    timer = setTimeout(drawClock, Math.min(Math.max(left, 50), 60000));
  }
}
