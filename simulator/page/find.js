// Finds people who have no phone on the page, and shows theirs.

import { avatar, h, iconButton } from "./dom.js";
import { t } from "./words.js";

/** A button that opens a search; choosing somebody calls `show(id)`. */
export function finder(show) {
  const found = h("div", { class: "found", role: "listbox", "aria-label": t("find") });
  const input = h("input", { type: "search", placeholder: t("find"), "aria-label": t("find"), dataset: { role: "find-input" }, oninput: () => look() });
  const box = h("div", { class: "popup finder", hidden: true }, input, found);
  const close = () => (box.hidden = true, opener.setAttribute("aria-expanded", "false"));

  async function look() {
    const wanted = input.value;
    const people = await (await fetch(`/control/people?q=${encodeURIComponent(wanted)}`)).json();
    if (wanted !== input.value) return;
    found.replaceChildren(...people.map((person) => h("button",
      { type: "button", role: "option", dataset: { role: "found", face: person.id }, onclick: () => (close(), show(person.id)) },
      avatar(person.id, person.name), h("span", { class: "who" }, h("strong", {}, person.name), h("span", {}, person.caption || String(person.id))))));
  }

  const opener = iconButton("search", t("find"), {
    dataset: { role: "find" }, "aria-expanded": "false",
    onclick: () => {
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) input.value = "", look(), input.focus();
    },
  });
  box.addEventListener("keydown", (event) => event.key === "Escape" && (event.stopPropagation(), close(), opener.focus()));
  document.addEventListener("pointerdown", (event) => box.contains(event.target) || opener.contains(event.target) || close(), true);
  return h("span", { class: "with-popup" }, opener, box);
}
