// An echo bot of telegraf as its documentation has them; the address of the Bot API comes from outside.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { Input, Markup, Telegraf } from "telegraf";
import { message } from "telegraf/filters";
import { API, ALBUM, HOOK, PICTURE, PORT, RESULT, SECRET, TOKEN, TABLE } from "./given.mjs";

const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API } });
bot.start((ctx) => ctx.reply("Hello", Markup.inlineKeyboard([Markup.button.callback("Send", "send")])));
bot.command("menu", (ctx) => ctx.reply("Which?", Markup.keyboard([["Yes", "No"]])));
bot.command("marks", (ctx) => ctx.replyWithMarkdownV2("*bold* _slanted_\\."));
bot.command("file", (ctx) => ctx.replyWithDocument(Input.fromReadableStream(Readable.from([TABLE]), "table.csv")));
bot.command("picture", (ctx) => ctx.replyWithPhoto(Input.fromBuffer(PICTURE, "picture.png"), { caption: "A picture" }));
bot.command("album", (ctx) => ctx.replyWithMediaGroup(
  ALBUM.map(([name, content]) => ({ type: "document", media: Input.fromBuffer(Buffer.from(content), name) }))));
bot.on("callback_query", async (ctx) => {
  await ctx.answerCbQuery("Thanks");
  await ctx.editMessageText("Sent");
});
bot.on("inline_query", (ctx) => ctx.answerInlineQuery([RESULT]));
bot.on(message("document"), async (ctx) => {
  const link = await ctx.telegram.getFileLink(ctx.message.document.file_id);
  const content = await (await fetch(link)).text();
  await ctx.reply(`${content.length} letters`, { reply_parameters: { message_id: ctx.msgId } });
});
bot.on("message", (ctx) => ctx.copyMessage(ctx.chat.id));

await bot.telegram.setMyCommands([{ command: "start", description: "Begin" }]);
if (PORT) {
  createServer(bot.webhookCallback("/hook", { secretToken: SECRET })).listen(PORT, "127.0.0.1");
  await bot.telegram.setWebhook(HOOK, { secret_token: SECRET });
  console.log("ready");
} else {
  await bot.launch(() => console.log("ready"));
}
