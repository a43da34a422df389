// An echo bot of node-telegram-bot-api as its documentation has them; the address of the Bot API comes from outside.
import { Readable } from "node:stream";
import { Bot, InlineKeyboardBuilder, InputFile } from "node-telegram-bot-api";
import { createWebhookServer } from "node-telegram-bot-api/node";
import { API, ALBUM, HOOK, PICTURE, PORT, RESULT, SECRET, TOKEN, TABLE } from "./given.mjs";

const bot = new Bot(TOKEN, { baseUrl: API, apiRoot: API, baseApiUrl: API });
const stream = (text) => new InputFile(() => Readable.toWeb(Readable.from([Buffer.from(text)])), { filename: "table.csv" });
bot.command("start", (ctx) => ctx.reply("Hello", { reply_markup: new InlineKeyboardBuilder().text("Send", "send").build() }));
bot.command("menu", (ctx) => ctx.reply("Which?", { reply_markup: { keyboard: [["Yes", "No"]] } }));
bot.command("marks", (ctx) => ctx.reply("*bold* _slanted_\\.", { parse_mode: "MarkdownV2" }));
bot.command("file", (ctx) => bot.api.sendDocument({ chat_id: ctx.chat.id, document: stream(TABLE) }));
bot.command("picture", (ctx) => bot.api.sendPhoto(
  { chat_id: ctx.chat.id, photo: new InputFile(PICTURE, { filename: "picture.png" }), caption: "A picture" }));
bot.command("album", (ctx) => bot.api.sendMediaGroup({ chat_id: ctx.chat.id, media: ALBUM.map(
  ([name, content]) => ({ type: "document", media: new InputFile(Buffer.from(content), { filename: name }) })) }));
bot.on("callback_query", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "Thanks" });
  const { chat, message_id } = ctx.callbackQuery.message;
  await bot.api.editMessageText({ chat_id: chat.id, message_id, text: "Sent" });
});
bot.on("inline_query", (ctx) => bot.api.answerInlineQuery({ inline_query_id: ctx.update.inline_query.id, results: [RESULT] }));
bot.on("message", async (ctx) => {
  const { chat, message_id, document } = ctx.update.message;
  if (!document) return bot.api.copyMessage({ chat_id: chat.id, from_chat_id: chat.id, message_id });
  const { file_path } = await bot.api.getFile({ file_id: document.file_id });
  const content = await (await fetch(`${API}/file/bot${TOKEN}/${file_path}`)).text();
  return ctx.reply(`${content.length} letters`, { reply_parameters: { message_id } });
});

await bot.api.setMyCommands({ commands: [{ command: "start", description: "Begin" }] });
if (PORT) {
  createWebhookServer(bot, { path: "/hook", secretToken: SECRET }).listen(PORT, "127.0.0.1");
  await bot.api.setWebhook({ url: HOOK, secret_token: SECRET });
  console.log("ready");
} else {
  console.log("ready");
  await bot.startPolling();
}
