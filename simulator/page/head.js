// The head of a phone: the line with the time, the chats on it, the open chat's name, a forum's topics.

import { avatar, h, icon } from "./dom.js";
import { now, world } from "./world.js";
import { hour, t } from "./words.js";

export const shown = (chat, message) => !chat.held.includes(message.id);

export function unreadIn(chat, id) {
  const read = chat.read[id] ?? 0;
  return [...chat.messages.values()].filter((m) => m.id > read && m.by.id !== id && !m.service && shown(chat, m)).length;
}

/** How many messages a person has not read, in all chats. */
export function unreadOf(person) {
  return person.chats.reduce((sum, key) => sum + (world.chats.has(key) ? unreadIn(world.chats.get(key), person.id) : 0), 0);
}

const kindOf = (chat) => ({ private: "", channel: "channel" })[chat.type] ?? "group";

export class Head {
  constructor(phone) {
    this.phone = phone;
    this.status = h("div", { class: "status" });
    this.tabs = h("div", { class: "tabs", role: "tablist" });
    this.title = h("div", { class: "title" });
    this.topics = h("div", { class: "tabs topics", role: "group", hidden: true });
    this.pinned = h("button", { type: "button", class: "pinned", hidden: true, dataset: { role: "pinned" } });
    this.parts = [this.status, this.tabs, this.title, this.pinned, this.topics];
  }

  draw() {
    const { offline } = this.phone.person;
    this.status.replaceChildren(h("span", { dataset: { role: "phone-time" } }, hour(now())),
      h("span", { class: "bars" }, offline ? h("span", {}, t("offline")) : null, icon(offline ? "noSignal" : "signal")));
    this.drawTabs();
    this.drawTitle();
    this.drawTopics();
    this.drawPinned();
  }

  drawPinned() {
    const { chat } = this.phone;
    const message = chat.messages.get(chat.pinned?.at(-1));
    this.pinned.hidden = !message;
    if (!message) return;
    this.pinned.onclick = () => this.phone.jump(message.id);
    this.pinned.setAttribute("aria-label", `${t("pinned")}: ${message.text}`);
    this.pinned.replaceChildren(icon("flag"), h("span", {}, message.text || t("photo")));
  }

  drawTabs() {
    const { phone } = this;
    const { chats, chat: open } = phone;
    this.tabs.hidden = chats.length < 2;
    if (this.tabs.hidden) return;
    const focused = document.activeElement?.dataset?.chat;
    this.tabs.replaceChildren(...chats.map((chat) => {
      const unread = chat === open ? 0 : unreadIn(chat, phone.id);
      const kind = kindOf(chat);
      return h("button",
        {
          type: "button", role: "tab", "aria-selected": String(chat === open), tabindex: chat === open ? "0" : "-1",
          dataset: { role: "chat-tab", chat: chat.key }, onclick: () => phone.open(chat.key), onkeydown: (event) => this.walk(event),
        },
        kind ? icon(kind) : null, h("span", {}, chat.title),
        unread ? h("span", { class: "badge", "aria-label": t("unread", { n: unread }) }, String(unread)) : null);
    }));
    if (focused) this.tabs.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.tabs.children];
    const next = all[(all.indexOf(event.currentTarget) + step + all.length) % all.length];
    next.focus();
    next.click();
  }

  drawTitle() {
    const { chat } = this.phone;
    const kind = kindOf(chat);
    const busy = chat.action && chat.action.until > performance.now();
    const typing = kind ? "typingBy" : "typing";
    const count = Object.values(chat.members).filter((status) => !["left", "kicked"].includes(status)).length;
    const under = busy ? t(/upload/.test(chat.action.kind) ? "sendingFile" : typing, { name: chat.action.by })
      : kind === "channel" ? t("subscribers", { n: count }) : kind ? t("members", { n: count }) : t("bot");
    this.title.replaceChildren(avatar(chat.bots?.[0] ?? chat.id, chat.title, kind),
      h("div", { class: "who" }, h("h3", {}, chat.title),
        h("p", { class: busy ? "busy" : "", dataset: busy ? { role: "typing" } : {} }, under,
          busy ? h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")) : null)));
    clearTimeout(this.quiet);
    if (busy) this.quiet = setTimeout(() => this.drawTitle(), chat.action.until - performance.now() + 20);
  }

  drawTopics() {
    const { phone } = this;
    const { chat } = phone;
    this.topics.hidden = !chat.forum;
    if (!chat.forum) return;
    const all = [{ id: 0, name: t("topicGeneral") }, ...chat.topics];
    this.topics.replaceChildren(...all.map((topic) => h("button",
      {
        type: "button", "aria-pressed": String(topic.id === phone.topic), "aria-selected": String(topic.id === phone.topic),
        dataset: { role: "topic", topic: topic.id }, onclick: () => phone.openTopic(topic.id),
      },
      h("span", {}, `# ${topic.name}`))));
  }
}
