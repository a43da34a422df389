// A message as a bubble: words, photos, files, buttons.

import { avatar, h, icon, iconButton } from "./dom.js";
import { act } from "./world.js";
import { bytes, hour, t } from "./words.js";

/** Draw a message. `phone` has `person`, `chat`, and does what is tapped. */
export function bubble(message, phone) {
  if (message.service) return serviceLine(message);
  const mine = message.by.id === phone.id;
  const by = mine ? "me" : message.by.bot ? "bot" : "other";
  const inGroup = phone.chat.type !== "private";
  const content = [
    inGroup && !mine ? h("span", { class: "sender", style: `--hue: ${hueOf(message.by.id)}` }, message.by.name) : null,
    message.forwarded ? h("span", { class: "forwarded" }, icon("forward"), t("forwarded", { name: message.forwarded })) : null,
    message.via ? h("span", { class: "forwarded" }, t("via", { name: message.via })) : null,
    message.reply ? quote(message.reply, phone) : null,
    message.photo ? photo(message.photo) : null,
    message.document ? file(message.document) : null,
    message.sticker ? h("span", { class: "sticker", role: "img", "aria-label": `${t("stickerWord")} ${message.sticker}` }, message.sticker) : null,
    message.location ? spot(message) : null,
    message.contact ? contact(message.contact) : null,
    message.html ? words(message, phone) : null,
  ];
  const foot = h("span", { class: "foot" }, message.edited ? h("span", { class: "edited" }, t("edited")) : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, hour(new Date(message.date * 1000))));
  const body = h("div", { class: `bubble${message.photo ? " has-photo" : ""}${message.sticker ? " bare" : ""}` }, content, foot);
  const menu = iconButton("more", t("actions"), {
    class: "act", "aria-haspopup": "menu", onclick: (event) => phone.messageMenu(message, event.currentTarget),
  });
  return h(
    "li",
    { class: `message ${by}`, dataset: { message: message.id, by, date: message.date, sender: message.by.id } },
    inGroup && !mine ? avatar(message.by.id, message.by.name) : null,
    h("div", { class: "column" }, h("div", { class: "line" }, body, menu), buttons(message, phone)),
  );
}

const hueOf = (id) => [172, 205, 262, 330, 18, 42, 95, 145][Math.abs(Number(id) || 0) % 8];

function serviceLine(message) {
  const [kind, detail] = message.service;
  return h("li", { class: "service", dataset: { message: message.id, by: "service", date: message.date } },
    h("span", {}, t(`service.${kind}`, { x: detail })));
}

function quote(reply, phone) {
  const kinds = { photo: "photo", document: "document", sticker: "stickerWord", location: "locationWord" };
  return h("button", { type: "button", class: "quote", onclick: () => phone.jump(reply.id) },
    h("strong", {}, reply.by), h("span", {}, kinds[reply.text] ? t(kinds[reply.text]) : reply.text));
}

function words(message, phone) {
  const element = h("div", { class: "text", dataset: { role: "text" }, html: message.html });
  for (const link of element.querySelectorAll("a")) {
    const address = link.getAttribute("href") ?? "";
    if (link.dataset.command) {
      link.href = "#";
      link.onclick = (event) => (event.preventDefault(), phone.say(link.dataset.command));
    } else if (/^(https?:\/\/)?t\.me\/\w+\?start=|^tg:\/\/resolve/.test(address)) {
      link.onclick = (event) => (event.preventDefault(), phone.try(act(phone.id, "open", { link: address })));
    } else if (/^(https?|mailto|tg):/.test(address)) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    } else link.removeAttribute("href");
  }
  for (const spoiler of element.querySelectorAll("tg-spoiler")) {
    spoiler.tabIndex = 0;
    spoiler.role = "button";
    const open = () => spoiler.classList.add("open");
    spoiler.onclick = open;
    spoiler.onkeydown = (event) => event.key === "Enter" && open();
  }
  for (const pre of element.querySelectorAll("pre")) pre.tabIndex = 0;
  return element;
}

function photo(view) {
  const source = `/content/${view.path}`;
  const picture = h("img", { src: source, alt: t("photo"), loading: "lazy" });
  picture.width = view.width;
  picture.height = view.height;
  return h("button", { type: "button", class: "photo", "aria-label": t("openPhoto"), onclick: () => openPhoto(source) }, picture);
}

function openPhoto(source) {
  const viewer = document.getElementById("viewer");
  const close = () => viewer.close();
  viewer.replaceChildren(
    h("div", { class: "tools" },
      h("a", { class: "round", href: `${source}?save`, download: "", title: t("save"), "aria-label": t("save") }, icon("save")),
      iconButton("close", t("close"), { onclick: close })),
    h("img", { src: source, alt: t("photo"), onclick: close }),
  );
  viewer.onclick = (event) => event.target === viewer && close();
  viewer.showModal();
}

function file(view) {
  const ending = (view.name.match(/\.(\w{1,5})$/)?.[1] ?? "").toUpperCase();
  return h("a", { class: "file", href: `/content/${view.path}?save`, download: view.name, dataset: { role: "document" } },
    h("span", { class: "sheet", "aria-hidden": "true" }, ending || icon("file")),
    h("span", { class: "about" }, h("span", { class: "name" }, view.name || t("document")),
      h("span", { class: "size" }, bytes(view.size), " · ", t("save"))));
}

function spot(message) {
  const { latitude, longitude } = message.location;
  return h("div", { class: "place" }, icon("pin"),
    h("span", {}, h("strong", {}, message.venue?.title ?? t("locationWord")),
      h("span", {}, message.venue?.address ?? `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`)));
}

function contact(view) {
  return h("div", { class: "place" }, icon("person"), h("span", {}, h("strong", {}, view.first_name), h("span", {}, `+${view.phone_number}`)));
}

function buttons(message, phone) {
  if (!message.buttons.length) return null;
  return h("div", { class: "buttons" }, message.buttons.map((row) =>
    h("div", { class: "row" }, row.map((button) => {
      const outward = button.url && !phone.named(button.url) && !/t\.me\/\w+\?start=|tg:\/\/resolve/.test(button.url);
      const element = h("button", {
        type: "button", class: `key ${button.style ?? ""}`,
        dataset: { role: "button", label: button.text, data: button.callback_data ?? "" },
        onclick: () => phone.tap(message, button, element),
      }, h("span", {}, button.text), outward ? icon("out") : null);
      return element;
    }))));
}
