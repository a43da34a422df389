// A menu at a button: opened, walked through with the arrow keys, closed by Escape or a tap elsewhere.

import { h, icon } from "./dom.js";

/**
 * Open a menu inside `host` at `opener`, in place of `last`; a second press of the same button only closes it.
 * A choice has `words` and `run`, and perhaps `icon`, `detail`, `data` and `checked` (then it is a switch).
 */
export function openMenu(host, opener, choices, last) {
  const again = last?.opener === opener && last.element.isConnected;
  last?.close();
  if (again) return null;
  const close = () => {
    element.remove();
    document.removeEventListener("pointerdown", outside, true);
    opener.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => element.contains(event.target) || opener.contains(event.target) || close();
  const run = (choice) => () => {
    close();
    opener.focus();
    choice.run();
  };
  const items = choices.map((choice) => item(choice, run(choice)));
  const element = h("div", { class: "popup menu", role: "menu" }, items);
  element.addEventListener("keydown", (event) => walk(event, items, () => (close(), opener.focus())));
  host.append(element);
  place(host, element, opener);
  opener.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  items[0]?.focus();
  return { opener, element, close };
}

function item(choice, onclick) {
  const isSwitch = choice.checked !== undefined;
  return h(
    "button",
    {
      type: "button", role: isSwitch ? "menuitemcheckbox" : "menuitem", "aria-checked": isSwitch ? String(choice.checked) : null,
      dataset: choice.data ?? {}, onclick,
    },
    choice.icon ? icon(choice.icon) : null,
    h("span", { class: "words" }, choice.words, choice.detail ? h("small", {}, choice.detail) : null),
    isSwitch ? h("span", { class: "switch", "aria-hidden": "true" }) : null,
  );
}

function walk(event, items, leave) {
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
  if (event.key in steps) {
    event.preventDefault();
    items[steps[event.key] % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    leave();
  }
}

function place(host, element, opener) {
  const outer = host.getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  const left = Math.min(Math.max(at.right - outer.left - element.offsetWidth, 8), outer.width - element.offsetWidth - 8);
  const below = at.bottom - outer.top + 4;
  const fits = below + element.offsetHeight < outer.height - 8;
  element.style.left = `${left}px`;
  element.style.top = fits ? `${below}px` : `${Math.max(at.top - outer.top - element.offsetHeight - 4, 8)}px`;
}
