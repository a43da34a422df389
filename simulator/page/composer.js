// Where a person types: the text, attachments, the bot's menu and its reply keyboard.

import { h, icon, iconButton } from "./dom.js";
import { Inline } from "./inline.js";
import { t } from "./words.js";

const MOST = 20 * 1024 * 1024;
const STICKERS = ["👍", "🙏", "❤️", "😂", "😮", "🎉"];
const SAMPLE = { latitude: 21.0285, longitude: 105.8542 };

/** The foot of a phone: one for each, drawn again when the chat changes. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.mode = null;
    this.keyboardOpen = true;
    this.element = h("div", { class: "composer" });
    this.input = h("textarea", {
      rows: 1, dataset: { role: "input" }, maxlength: 4096, enterkeyhint: "send", autocomplete: "off",
      oninput: () => (this.grow(), this.inline.typed(this.input.value)), onkeydown: (event) => this.key(event),
    });
    this.file = h("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", dataset: { role: "file" }, onchange: () => this.upload() });
    this.asFile = false;
    this.inline = new Inline(this);
  }

  draw() {
    const { phone } = this;
    const { chat, person } = phone;
    this.element.replaceChildren();
    if (person.deactivated) return this.element.append(h("p", { class: "notice" }, t("deleted")));
    if (chat.blocked) {
      return this.element.append(h("p", { class: "notice" }, t("blockedNow"), " ",
        h("button", { type: "button", class: "text", dataset: { role: "unblock" }, onclick: () => phone.act("unblock") }, t("unblock"))));
    }
    const status = chat.members[person.id];
    if (chat.type === "channel" && !["creator", "administrator"].includes(status)) {
      return this.element.append(h("p", { class: "notice" }, t("channelReads")));
    }
    if (chat.type === "private" && !chat.started) {
      return this.element.append(h("button", { type: "button", class: "start", dataset: { role: "start" }, onclick: () => phone.act("start") }, t("start")));
    }
    this.input.setAttribute("aria-label", t("messageTo", { name: chat.title }));
    this.input.placeholder = chat.keyboard.input_field_placeholder || t("message");
    this.file.setAttribute("aria-label", t("photoOrFile"));
    this.element.append(...[this.offline(), this.inline.element, this.strip(), this.line(), this.keyboard()].filter(Boolean));
    this.grow();
    return undefined;
  }

  line() {
    const { phone } = this;
    const menu = phone.chat.menus[phone.id] ?? [];
    const keys = phone.chat.keyboard.keyboard?.length;
    return h("div", { class: "line" },
      menu.length ? iconButton("menu", t("commands"), { class: "menu", dataset: { role: "menu" }, "aria-haspopup": "menu", onclick: (e) => this.commands(e.currentTarget) }) : null,
      h("div", { class: "field" }, this.input,
        keys ? iconButton("keyboard", t("keyboard"), { dataset: { role: "keyboard-toggle" }, "aria-pressed": String(this.keyboardOpen), onclick: () => (this.keyboardOpen = !this.keyboardOpen, this.draw()) }) : null,
        iconButton("attach", t("attach"), { dataset: { role: "attach" }, "aria-haspopup": "menu", onclick: (e) => this.attachments(e.currentTarget) }), this.file),
      iconButton("send", t("send"), { class: "send", dataset: { role: "send" }, onclick: () => this.send() }));
  }

  offline() {
    return this.phone.person.offline ? h("p", { class: "notice offline" }, t("offlineNow")) : null;
  }

  strip() {
    if (!this.mode) return null;
    const { kind, message } = this.mode;
    return h("div", { class: "strip" }, icon(kind),
      h("div", {}, h("strong", {}, kind === "reply" ? t("replying", { name: message.by.name }) : t("editing")), h("span", {}, message.text.slice(0, 90))),
      iconButton("close", t("cancel"), { onclick: () => this.leave() }));
  }

  keyboard() {
    const rows = this.phone.chat.keyboard.keyboard;
    if (!rows || !this.keyboardOpen) return null;
    return h("div", { class: "keys", role: "group", "aria-label": t("keyboard") }, rows.map((row) =>
      h("div", { class: "row" }, row.map((button) =>
        h("button", { type: "button", class: "key", dataset: { role: "key", label: button.text }, onclick: () => this.press(button) }, button.text)))));
  }

  press(button) {
    if (button.request_contact) return this.phone.act("contact");
    if (button.request_location) return this.phone.act("location", SAMPLE);
    return this.phone.say(button.text);
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.mode) {
      event.stopPropagation();
      this.leave();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const last = [...this.phone.chat.messages.values()].reverse().find((m) => m.by.id === this.phone.id && m.text);
      if (last) event.preventDefault(), this.begin("edit", last);
    }
  }

  begin(kind, message) {
    this.mode = { kind, message };
    if (kind === "edit") this.input.value = message.text;
    this.draw();
    this.input.focus();
  }

  leave() {
    if (this.mode?.kind === "edit") this.input.value = "";
    this.mode = null;
    this.draw();
    this.input.focus();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const { mode } = this;
    this.input.value = "";
    this.mode = null;
    const done = mode?.kind === "edit"
      ? await this.phone.act("edit", { message_id: mode.message.id, text })
      : await this.phone.say(text, mode?.message.id);
    if (!done) this.input.value = text;
    this.grow();
    if (mode) this.draw();
    this.input.focus({ preventScroll: true });
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = this.input.value ? `${Math.min(this.input.scrollHeight, 140)}px` : "";
    this.element.dataset.empty = String(!this.input.value.trim());
  }

  commands(opener) {
    const menu = this.phone.chat.menus[this.phone.id] ?? [];
    this.phone.popup(opener, menu.map((c) => ({
      words: `/${c.command}`, detail: c.description, data: { role: "command", command: `/${c.command}` }, run: () => this.phone.say(`/${c.command}`),
    })));
  }

  attachments(opener) {
    const pick = (asFile) => () => {
      this.asFile = asFile;
      this.file.accept = "";
      this.file.click();
    };
    this.phone.popup(opener, [
      { icon: "image", words: t("photoOrFile"), run: pick(false) },
      { icon: "file", words: t("asFile"), run: pick(true) },
      { icon: "pin", words: t("shareLocation"), run: () => this.phone.act("location", SAMPLE) },
      { icon: "person", words: t("contact"), run: () => this.phone.act("contact") },
      ...STICKERS.slice(0, 3).map((emoji) => ({ icon: "sticker", words: `${t("sticker")} ${emoji}`, run: () => this.phone.act("sticker", { emoji }) })),
    ]);
  }

  async upload() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) await this.sendFile(file, this.asFile);
  }

  async sendFile(file, asFile = false) {
    if (file.size > MOST) return this.phone.toast(t("tooBig"));
    const picture = !asFile && /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const content = await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
      reader.readAsDataURL(file);
    });
    const caption = this.input.value.trim();
    const done = await this.phone.act(picture ? "photo" : "document", { content, file_name: file.name, mime: file.type, caption });
    if (done) this.input.value = "", this.grow();
    return done;
  }

  /** Send files that are dropped on the screen. */
  takeDrops(screen) {
    screen.addEventListener("dragover", (event) => (event.preventDefault(), (screen.dataset.drop = "true")));
    screen.addEventListener("dragleave", () => delete screen.dataset.drop);
    screen.addEventListener("drop", (event) => {
      event.preventDefault();
      delete screen.dataset.drop;
      [...event.dataTransfer.files].forEach((file) => this.sendFile(file));
    });
  }
}
