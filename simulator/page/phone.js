// One person's phone: who it is, the chats on it, the open chat.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, h, icon, iconButton } from "./dom.js";
import { Head, shown } from "./head.js";
import { openMenu } from "./menu.js";
import { act, world } from "./world.js";
import { day, longDay, t } from "./words.js";

export class Phone {
  constructor(id, { show }) {
    this.id = id;
    this.show = show;
    this.key = null;
    this.topic = 0;
    this.follows = true;
    this.scrolledTo = 0;
    this.composer = new Composer(this);
    this.owner = h("header", { class: "owner" });
    this.head = new Head(this);
    this.list = h("ol", { class: "messages", role: "log", "aria-live": "off", tabindex: "0", dataset: { role: "messages" }, onscroll: () => this.scrolled() });
    this.bottom = iconButton("down", "", { class: "bottom", hidden: true, onclick: () => this.toEnd(true) });
    this.over = h("div", { class: "over", "aria-live": "assertive" });
    this.screen = h("div", { class: "screen" }, ...this.head.parts,
      h("div", { class: "middle" }, this.list, this.bottom, this.over), this.composer.element);
    this.element = h("section", { class: "phone", dataset: { person: id } }, this.owner, this.screen);
    this.composer.takeDrops(this.screen);
    new ResizeObserver(() => this.follows && this.toEnd()).observe(this.list);
  }

  get person() { return world.people.get(this.id); }

  get chats() { return this.person.chats.map((key) => world.chats.get(key)).filter(Boolean); }

  /** What the phone opens on: the chat with a bot, where there is one. */
  get home() { return this.chats.find((chat) => chat.type === "private") ?? this.chats[0]; }

  get chat() {
    return world.chats.get(this.key) ?? this.home ?? EMPTY;
  }

  draw() {
    this.key ??= this.home?.key ?? null;
    this.element.setAttribute("aria-label", `${t("phoneOf", { name: this.person.name })}. ${this.person.caption}`);
    this.drawOwner();
    this.frame();
    this.drawMessages();
  }

  frame() {
    this.element.dataset.offline = String(this.person.offline);
    this.head.draw();
    this.composer.draw();
    this.bottom.setAttribute("aria-label", t("toBottom"));
    this.bottom.title = t("toBottom");
  }

  drawOwner() {
    const { person } = this;
    this.expand = iconButton("expand", t("alone"), { dataset: { role: "expand" }, onclick: () => this.show(this.isAlone ? 0 : this.id) });
    this.owner.replaceChildren(avatar(person.id, person.name),
      h("div", { class: "who" }, h("h2", {}, person.name), h("p", {}, person.caption || (person.username ? `@${person.username}` : ""))),
      iconButton("more", t("more"), { dataset: { role: "more" }, "aria-haspopup": "menu", onclick: (e) => this.options(e.currentTarget) }), this.expand);
    this.alone(this.isAlone);
  }

  alone(yes) {
    this.isAlone = yes;
    this.element.dataset.alone = String(Boolean(yes));
    if (!this.expand) return;
    this.expand.replaceChildren(icon(yes ? "shrink" : "expand"));
    this.expand.title = t(yes ? "together" : "alone");
    this.expand.setAttribute("aria-label", this.expand.title);
    if (!this.element.hidden) this.readAll();
  }

  visible() {
    return [...this.chat.messages.values()].filter((m) => this.shows(m)).sort((a, b) => a.id - b.id);
  }

  shows(message) {
    return shown(this.chat, message) && (!this.chat.forum || message.topic === this.topic);
  }

  drawMessages() {
    this.list.replaceChildren();
    this.list.setAttribute("aria-label", this.chat.title);
    const messages = this.visible();
    if (!messages.length) this.list.append(this.welcome());
    messages.forEach((message) => this.append(message));
    this.toEnd();
    this.readAll();
  }

  welcome() {
    const { chat } = this;
    return h("li", { class: "welcome" }, avatar(chat.bots?.[0] ?? chat.id, chat.title),
      h("strong", {}, chat.description ? t("whatBot") : chat.title), h("p", {}, chat.description || t("noMessages")));
  }

  append(message) {
    this.list.querySelector(".welcome")?.remove();
    const last = [...this.list.children].reverse().find((child) => child.dataset.date);
    const today = day(new Date(message.date * 1000));
    if (!last || day(new Date(Number(last.dataset.date) * 1000)) !== today) {
      this.list.append(h("li", { class: "day" }, h("span", {}, longDay(new Date(message.date * 1000)))));
    }
    const element = bubble(message, this);
    const close = last && last.dataset.sender === element.dataset.sender && message.date - Number(last.dataset.date) < 300;
    if (close && this.list.lastElementChild === last) element.classList.add("follows");
    this.list.append(element);
  }

  /** Take an event of the simulator about the chat with this key. */
  on(event, key) {
    if (event.type === "person" && event.person.id === this.id) return this.draw();
    if (event.type === "toast") return event.person === this.id ? this.answered(event) : undefined;
    if (!this.person?.chats.includes(key)) return undefined;
    if (key !== this.chat.key) return this.head.drawTabs();
    if (event.type === "message") this.arrived(event.message);
    else if (event.type === "edited") this.replace(event.message);
    else if (event.type === "deleted") this.list.querySelector(`[data-message="${event.id}"]`)?.remove();
    else if (event.type === "action") this.head.drawTitle();
    else if (event.type === "chat") this.frame();
    return undefined;
  }

  arrived(message) {
    if (!this.shows(message)) return undefined;
    if (this.list.querySelector(`[data-message="${message.id}"]`)) return this.replace(message);
    this.append(message);
    while (this.list.children.length > 420) this.list.firstElementChild.remove();
    this.head.drawTitle();
    if (this.follows || message.by.id === this.id) this.toEnd(true);
    else this.bottom.hidden = false;
    this.readAll();
    if (!this.chat.started && message.by.id === this.id) this.chat.started = true, this.composer.draw();
    return undefined;
  }

  replace(message) {
    const old = this.list.querySelector(`[data-message="${message.id}"]`);
    if (!old) return;
    const element = bubble(message, this);
    if (old.classList.contains("follows")) element.classList.add("follows");
    old.replaceWith(element);
    if (this.follows) this.toEnd();
  }

  atEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80; }

  toEnd(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth && !calm ? "smooth" : "auto" });
    this.bottom.hidden = true;
    this.follows = true;
  }

  /** Whoever scrolls up stays there when messages come; at the end they are followed. */
  scrolled() {
    const { scrollTop } = this.list;
    if (this.atEnd()) this.follows = true, this.bottom.hidden = true;
    else if (scrollTop < this.scrolledTo) this.follows = false;
    this.scrolledTo = scrollTop;
  }

  jump(id) {
    const target = this.list.querySelector(`[data-message="${id}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1200);
  }

  readAll() {
    if (document.hidden || this.element.hidden || this.person?.offline) return;
    const last = Math.max(0, ...this.chat.messages.keys());
    if (last > (this.chat.read[this.id] ?? 0)) {
      this.chat.read[this.id] = last;
      act(this.id, "read", { chat: this.chat.key, message_id: last }).catch(() => {});
    }
  }

  openTopic(id) {
    this.topic = id;
    this.head.drawTopics();
    this.drawMessages();
  }

  open(key) {
    this.key = key;
    this.topic = 0;
    this.composer.mode = null;
    this.frame();
    this.drawMessages();
  }

  /** Show the chat with the bot, if another is shown. */
  toHome() {
    if (this.home && this.home.key !== this.chat.key) this.open(this.home.key);
  }

  focus() {
    this.element.scrollIntoView({ inline: "center", block: "nearest" });
    (this.element.querySelector("[data-role='input'], [data-role='start']") ?? this.list).focus({ preventScroll: true });
  }

  /** Wait for an act; show the simulator's words when it will not; whether it was done. */
  async try(promise) {
    try {
      await promise;
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  act(name, body = {}) { return this.try(act(this.id, name, { chat: this.chat.key, ...body })); }

  say(text, reply = undefined) { return this.act("say", { text, ...(reply ? { reply_to: reply } : {}), ...(this.topic ? { topic: this.topic } : {}) }); }

  async tap(message, button, element) {
    if (button.callback_data !== undefined) {
      element.setAttribute("aria-busy", "true");
      setTimeout(() => element.removeAttribute("aria-busy"), 8000);
      if (!(await this.act("tap", { message_id: message.id, data: button.callback_data }))) element.removeAttribute("aria-busy");
    } else if (button.url && /t\.me\/\w+\?start=|tg:\/\/resolve/.test(button.url)) await this.try(act(this.id, "open", { link: button.url }));
    else if (this.named(button.url)) this.open(this.named(button.url).key);
    else if (button.url) window.open(button.url, "_blank", "noopener");
    else if (button.copy_text) await navigator.clipboard.writeText(button.copy_text.text), this.toast(t("copied"));
  }

  /** The chat on this phone that an address t.me/NAME means. */
  named(address) {
    const name = /^(?:https?:\/\/)?t\.me\/(\w+)$/.exec(address ?? "")?.[1].toLowerCase();
    return name && this.chats.find((chat) => chat.username.toLowerCase() === name);
  }

  answered(event) {
    this.list.querySelectorAll(`[data-message="${event.id}"] [aria-busy]`).forEach((b) => b.removeAttribute("aria-busy"));
    if (!event.text) return;
    if (event.alert) this.alert(event.text);
    else this.toast(event.text);
  }

  toast(text) {
    const element = h("div", { class: "toast", dataset: { role: "toast" } }, text);
    this.over.replaceChildren(element);
    setTimeout(() => element.remove(), 4000);
  }

  alert(text) {
    const ok = h("button", { type: "button", class: "primary", onclick: () => this.over.replaceChildren() }, t("ok"));
    this.over.replaceChildren(h("div", { class: "alert", role: "alertdialog", "aria-label": text, dataset: { role: "alert" } }, h("p", {}, text), ok));
    ok.focus();
  }

  options(opener) {
    const { person } = this;
    const toggle = (name, on, off, isOn) => ({ words: t(name), checked: isOn, data: { role: name }, run: () => this.try(act(this.id, isOn ? off : on)) });
    const blocked = this.chats.some((chat) => chat.type === "private" && chat.blocked);
    this.popup(opener, [toggle("offline", "offline", "online", person.offline), toggle("blocked", "block", "unblock", blocked)]);
  }

  messageMenu(message, opener) {
    const mine = message.by.id === this.id;
    const other = this.chat.type !== "private";
    const choices = [
      { icon: "reply", words: t("reply"), run: () => this.composer.begin("reply", message) },
      message.text ? { icon: "copy", words: t("copy"), run: () => navigator.clipboard?.writeText(message.text) } : null,
      mine && message.text ? { icon: "edit", words: t("edit"), run: () => this.composer.begin("edit", message) } : null,
      { icon: "forward", words: t("forward"), run: () => this.try(act(this.id, "forward", { from_chat: this.chat.key, message_id: message.id })) },
      mine || !other ? { icon: "remove", words: t("remove"), run: () => this.act("delete", { message_id: message.id }) } : null,
    ];
    this.popup(opener, choices.filter(Boolean));
  }

  popup(opener, choices) {
    this.menu = openMenu(this.element, opener, choices, this.menu);
  }
}

const EMPTY = { key: "", title: "", type: "private", messages: new Map(), held: [], read: {}, members: {}, menus: {}, keyboard: {}, bots: [] };
