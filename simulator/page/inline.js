// Inline mode: `@bot words` in the text field asks the bot, and its results are offered above.

import { h } from "./dom.js";
import { act, world } from "./world.js";

const PAUSE = 350;

export class Inline {
  constructor(composer) {
    this.composer = composer;
    this.element = h("div", { class: "results", role: "listbox", hidden: true, dataset: { role: "inline-results" } });
    this.asked = 0;
  }

  /** Look at what is typed, and ask once it rests. */
  typed(text) {
    clearTimeout(this.timer);
    const bot = world.bots.find((b) => text.toLowerCase().startsWith(`@${b.username.toLowerCase()} `));
    if (!bot) return this.close();
    this.query = text.slice(bot.username.length + 2);
    this.timer = setTimeout(() => this.ask(), PAUSE);
    return undefined;
  }

  async ask() {
    const mine = ++this.asked;
    try {
      const { results } = await act(this.composer.phone.id, "inline", { query: this.query });
      if (mine === this.asked) this.show(results);
    } catch {
      if (mine === this.asked) this.close();
    }
  }

  show(results) {
    this.element.hidden = !results.length;
    this.element.replaceChildren(...results.map((result) => h("button",
      { type: "button", role: "option", dataset: { role: "inline-result" }, onclick: () => this.choose(result) },
      h("strong", {}, result.title ?? result.caption ?? result.type), result.description ? h("span", {}, result.description) : null)));
  }

  async choose(result) {
    const { phone, input } = this.composer;
    this.close();
    if (await phone.act("choose", { result, query: this.query })) input.value = "", this.composer.grow();
    input.focus();
  }

  close() {
    this.asked += 1;
    this.element.hidden = true;
  }
}
