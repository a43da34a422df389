// Phones with Zalo on them, beside the others or on a page of their own: chats, and where one types; there are no buttons.
//
// Hooks for tests: section[data-zalo="ID"] a phone; in it [data-role="messages"], [data-message="ID"] with data-by="bot|me|other",
// [data-role="text"], [data-role="input"], [data-role="send"], [data-role="chat-tab"][data-chat="ID"], [data-role="block"],
// [data-role="road"]; html[data-zalo-ready="true"] once everything is drawn.

import { avatar, h, icon, iconButton } from "./dom.js";
import { whenReleased } from "./press.js";

const WORDS = {
  vi: { phoneOf: "Điện thoại Zalo của", write: "Tin nhắn", send: "Gửi", block: "Chặn bot", unblock: "Bỏ chặn", blocked: "Đã chặn bot", sticker: "Nhãn dán",
    picture: "Ảnh", other: "Tệp", cut: "Ngắt Zalo", mend: "Nối lại Zalo", away: "Không kết nối được Zalo", none: "Chưa có tin nhắn. Nhắn cho bot để bắt đầu.", sent: "tin trong tháng" },
  en: { phoneOf: "Zalo phone of", write: "Message", send: "Send", block: "Block the bot", unblock: "Unblock", blocked: "The bot is blocked", sticker: "Sticker",
    picture: "Picture", other: "File", cut: "Cut Zalo off", mend: "Mend Zalo", away: "Zalo is not reached", none: "No messages yet. Write to the bot to begin.", sent: "messages this month" },
};
const place = document.getElementById("phones");
const phones = new Map();
let state = null;

const t = (key) => WORDS[new URLSearchParams(location.search).get("lang") ?? state.language]?.[key] ?? WORDS.vi[key];
const hue = (id) => Number.parseInt(id.slice(0, 6), 16);
const hour = (ms) => new Date(ms).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const post = (path, body = {}) => fetch(`/zalo/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

class ZaloPhone {
  constructor(id) {
    this.id = id;
    this.chat = id;
    this.shown = "";
    this.input = h("textarea", { rows: "1", dataset: { role: "input" }, onkeydown: (event) => this.key(event) });
    this.send = iconButton("send", "", { class: "send", dataset: { role: "send" }, onclick: () => this.say() });
    this.list = h("ol", { class: "messages", role: "log", tabindex: "0", dataset: { role: "messages" } });
    this.owner = h("header", { class: "owner" });
    this.title = h("div", { class: "title" });
    this.tabs = h("div", { class: "tabs", role: "tablist" });
    this.notice = h("p", { class: "notice offline", hidden: true });
    const line = h("div", { class: "line" }, h("div", { class: "field" }, this.input), this.send);
    this.screen = h("div", { class: "screen" }, this.tabs, this.title, h("div", { class: "middle" }, this.list), h("div", { class: "composer" }, this.notice, line));
    this.element = h("section", { class: "phone zalo", dataset: { zalo: id } }, this.owner, this.screen);
  }

  get person() { return state.people.find((each) => each.id === this.id); }

  draw() {
    const { person } = this;
    const open = person.chats.find((each) => each.id === this.chat) ?? person.chats[0];
    this.element.setAttribute("aria-label", `${t("phoneOf")} ${person.name}`);
    this.owner.replaceChildren(avatar(hue(person.id), person.name), h("div", { class: "who" }, h("h2", {}, person.name), h("p", {}, `Zalo · ${person.caption}`)),
      h("button", { type: "button", class: "text", dataset: { role: "block" }, onclick: () => post(`people/${this.id}/${person.blocks ? "unblock" : "block"}`) }, t(person.blocks ? "unblock" : "block")));
    this.title.replaceChildren(h("span", { class: "brand-mark", "aria-hidden": "true" }, "Zalo"),
      h("div", { class: "who" }, h("h3", {}, open.title), h("p", {}, `${state.sent}/${state.of} ${t("sent")}`)));
    this.tabs.hidden = person.chats.length < 2;
    this.tabs.replaceChildren(...person.chats.map((each) => h("button", { type: "button", role: "tab", "aria-selected": String(each === open),
      dataset: { role: "chat-tab", chat: each.id }, onclick: () => { this.chat = each.id; this.shown = ""; this.draw(); } }, h("span", {}, each.title))));
    this.notice.hidden = !person.blocks && !state.is_cut;
    this.notice.textContent = state.is_cut ? t("away") : t("blocked");
    this.input.placeholder = t("write");
    this.input.setAttribute("aria-label", t("write"));
    this.send.setAttribute("aria-label", t("send"));
    this.send.title = t("send");
    this.drawMessages(open);
  }

  drawMessages(open) {
    const mark = `${open.id} ${open.messages.map((each) => each.id)}`;
    if (mark === this.shown) return;
    this.shown = mark;
    this.list.setAttribute("aria-label", open.title);
    const welcome = h("li", { class: "welcome" }, h("p", {}, t("none")));
    this.list.replaceChildren(...(open.messages.length ? open.messages.map((each) => this.bubble(each)) : [welcome]));
    this.list.scrollTop = this.list.scrollHeight;
  }

  bubble(message) {
    const by = !message.by ? "bot" : message.by === this.id ? "me" : "other";
    const body = [
      by === "other" ? h("span", { class: "sender", style: `--hue: ${hue(message.by) % 360}` }, message.name) : null,
      message.photo ? h("span", { class: "photo" }, h("img", { src: `/zalo/photo/${message.id}`, alt: message.text || t("picture") })) : null,
      message.sticker ? h("span", { class: "sticker", "aria-label": t("sticker") }, "🙂") : null,
      message.text ? h("div", { class: "text", dataset: { role: "text" } }, ...linked(message.text)) : null,
      !message.text && !message.photo && !message.sticker ? h("div", { class: "text" }, icon("file"), t(by === "bot" ? "other" : "picture")) : null,
      h("span", { class: "foot" }, h("time", { datetime: new Date(message.date).toISOString() }, hour(message.date))),
    ];
    return h("li", { class: `message ${by}`, dataset: { message: message.id, by } },
      h("div", { class: "column" }, h("div", { class: "line" }, h("div", { class: `bubble${message.photo ? " has-photo" : ""}` }, body))));
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.say();
  }

  say() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    post(`people/${this.id}/say`, this.chat === this.id ? { text } : { text, group: this.chat });
  }
}

/** Addresses in a text are links, as Zalo shows them. */
function linked(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, at) => at % 2 ? h("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part);
}

/** Beside the other phone of the same person, if there is one. */
function stand(element, name) {
  element.dataset.owner = name;
  const others = [...place.querySelectorAll("section.phone:not(.zalo)")];
  const beside = others.find((each) => each.querySelector("h2")?.textContent === name);
  if (beside) beside.after(element);
  else place.append(element);
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/zalo/state${state ? `?after=${state.revision}` : ""}`);
      state = await answer.json();
      for (const person of state.people) {
        if (!phones.has(person.id)) phones.set(person.id, new ZaloPhone(person.id));
        const phone = phones.get(person.id);
        if (!phone.element.isConnected) stand(phone.element, person.name);
        whenReleased(() => phone.draw());
      }
      document.documentElement.dataset.zaloReady = "true";
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

follow();
