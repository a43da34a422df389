// An echo bot of grammY as its documentation has them; the address of the Bot API comes from outside.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder, Keyboard, webhookCallback } from "grammy";
import { API, ALBUM, HOOK, PICTURE, PORT, RESULT, SECRET, TOKEN, TABLE } from "./given.mjs";

const bot = new Bot(TOKEN, { client: { apiRoot: API } });
bot.command("start", (ctx) => ctx.reply("Hello", { reply_markup: new InlineKeyboard().text("Send", "send") }));
bot.command("menu", (ctx) => ctx.reply("Which?", { reply_markup: Keyboard.from([["Yes", "No"]]) }));
bot.command("marks", (ctx) => ctx.reply("*bold* _slanted_\\.", { parse_mode: "MarkdownV2" }));
bot.command("file", (ctx) => ctx.replyWithDocument(new InputFile(Readable.from([TABLE]), "table.csv")));
bot.command("picture", (ctx) => ctx.replyWithPhoto(new InputFile(PICTURE, "picture.png"), { caption: "A picture" }));
bot.command("album", (ctx) => ctx.replyWithMediaGroup(
  ALBUM.map(([name, content]) => InputMediaBuilder.document(new InputFile(Buffer.from(content), name)))));
bot.on("callback_query:data", async (ctx) => {
  await ctx.answerCallbackQuery("Thanks");
  await ctx.editMessageText("Sent");
});
bot.on("inline_query", (ctx) => ctx.answerInlineQuery([RESULT]));
bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const content = await (await fetch(`${API}/file/bot${TOKEN}/${file.file_path}`)).text();
  await ctx.reply(`${content.length} letters`, { reply_parameters: { message_id: ctx.msg.message_id } });
});
bot.on("message", (ctx) => ctx.copyMessage(ctx.chat.id));

await bot.api.setMyCommands([{ command: "start", description: "Begin" }]);
if (PORT) {
  createServer(webhookCallback(bot, "http", { secretToken: SECRET })).listen(PORT, "127.0.0.1");
  await bot.api.setWebhook(HOOK, { secret_token: SECRET });
  console.log("ready");
} else {
  await bot.start({ onStart: () => console.log("ready") });
}
