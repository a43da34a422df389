// Small means of building the page: elements, icons, avatars.

/** An element: `h("button", {class: "x", onclick: f, dataset: {role: "send"}}, child, "text")`. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  send: '<path d="M4 11.5 20.5 4 16 20.5l-4.8-6.2z"/><path d="m11.2 14.3 9.3-10.3"/>',
  attach: '<path d="m20 11.5-8 8a5 5 0 0 1-7.1-7.1l8.3-8.3a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5"/>',
  menu: '<path d="M4 7h16M4 12h16M4 17h10"/>',
  keyboard: '<rect x="3" y="6" width="18" height="12" rx="2.5"/><path d="M7 10h.01M11 10h.01M15 10h.01M17.5 10h.01M8 14.2h8"/>',
  more: '<path d="M12 5.5h.01M12 12h.01M12 18.5h.01" stroke-width="3"/>',
  expand: '<path d="M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7"/>',
  shrink: '<path d="M20 10h-6V4M4 14h6v6M14 10l6.5-6.5M10 14l-6.5 6.5"/>',
  log: '<path d="m8 8-4 4 4 4M16 8l4 4-4 4M13.5 5l-3 14"/>',
  theme: '<path d="M12 3.5a8.5 8.5 0 1 0 8.5 8.5c-1 .8-2.3 1.3-3.7 1.3A6.1 6.1 0 0 1 10.7 7.2c0-1.4.5-2.7 1.3-3.7z"/>',
  close: '<path d="M6 6l12 12M18 6 6 18"/>',
  down: '<path d="m6 9.5 6 6 6-6"/>',
  file: '<path d="M6.5 3.5h7l4.5 4.5v11a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 5 19V5a1.5 1.5 0 0 1 1.5-1.5z"/><path d="M13 3.8V8.5h4.7"/>',
  image: '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="m5 18 5-4.5 3 2.5 3-3.5 4 4.5"/>',
  pin: '<path d="M12 21s6.5-6 6.5-11a6.5 6.5 0 1 0-13 0c0 5 6.5 11 6.5 11z"/><circle cx="12" cy="10" r="2.4"/>',
  person: '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
  sticker: '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14c.8 1.5 2 2.2 3.5 2.2s2.7-.7 3.5-2.2M9 9.8h.01M15 9.8h.01"/>',
  reply: '<path d="M10 7 4.5 12l5.5 5v-3.2c4.5 0 7.5 1.2 9.5 4.2-.5-5-3.5-8-9.5-8.2z"/>',
  edit: '<path d="m4.5 19.5 1-4L16.6 4.4a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.5 18.5z"/>',
  copy: '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M5.5 15.5h-.5a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 5 3.5h9A1.5 1.5 0 0 1 15.5 5v.5"/>',
  forward: '<path d="m14 7 5.5 5-5.5 5v-3.2c-4.5 0-7.5 1.2-9.5 4.2.5-5 3.5-8 9.5-8.2z"/>',
  remove: '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12a1.5 1.5 0 0 0 1.5 1.5h5.4a1.5 1.5 0 0 0 1.5-1.5L17 7"/>',
  save: '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14"/>',
  play: '<path d="M8 5.5v13l10.5-6.5z"/>',
  next: '<path d="M6 5.5v13l9-6.5z"/><path d="M18.5 5.5v13"/>',
  stop: '<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>',
  pause: '<path d="M9 6v12M15 6v12" stroke-width="2.6"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3.2 2"/>',
  sunrise: '<path d="M4 18.5h16M7 15a5 5 0 0 1 10 0M12 4.5v3M5 8.5l1.8 1.8M19 8.5l-1.8 1.8"/>',
  signal: '<path d="M5 18v-3M10 18v-6M15 18V9M20 18V6"/>',
  noSignal: '<path d="M5 18v-3M10 18v-6M20 18V6M4 4l16 16"/>',
  out: '<path d="M14 5h5v5M19 5l-8.5 8.5M17 14v3.5A1.5 1.5 0 0 1 15.5 19h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10"/>',
  group: '<circle cx="9" cy="9" r="3.2"/><path d="M3 19c.6-3.3 3-5 6-5s5.4 1.7 6 5M15 6.2a3 3 0 0 1 0 5.6M17 14.4c2.2.5 3.6 2 4 4.6"/>',
  channel: '<path d="M4 10.5v3a1 1 0 0 0 1 1h3l8 4.5V5L8 9.5H5a1 1 0 0 0-1 1zM19 9.5c1 1.5 1 3.5 0 5"/>',
  flag: '<path d="m9 4 6 0-1 6 3.5 3.5h-11L10 10zM12 13.5V20"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
};

export function icon(name) {
  const holder = document.createElement("span");
  holder.className = "icon";
  holder.setAttribute("aria-hidden", "true");
  holder.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${PATHS[name]}</svg>`;
  return holder;
}

/** A round button with an icon only; `label` is what it does. */
export function iconButton(name, label, props = {}) {
  return h("button", { type: "button", title: label, "aria-label": label, ...props, class: `round ${props.class ?? ""}` }, icon(name));
}

export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, "").split(" ").filter(Boolean);
  if (!words.length) return "?";
  return (words[0][0] + (words.length > 1 ? words[words.length - 1][0] : "")).toUpperCase();
}

/** A round picture with initials, its colour from the id. */
export function avatar(id, name, kind = "") {
  const hue = [172, 205, 262, 330, 18, 42, 95, 145][Math.abs(Number(id) || 0) % 8];
  const face = kind ? icon(kind) : initials(name);
  return h("span", { class: "avatar", style: `--hue: ${hue}`, "aria-hidden": "true" }, face);
}
