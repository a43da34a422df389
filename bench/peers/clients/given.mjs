// What every echo bot is given from outside, and what it sends.
export const API = process.env.API;
export const TOKEN = process.env.TOKEN;
export const PORT = Number(process.env.HOOK_PORT ?? 0);
export const SECRET = "peer-secret";
export const HOOK = `http://127.0.0.1:${PORT}/hook`;
export const TABLE = "day,count\n1,2\n";
export const ALBUM = [["one.txt", "1"], ["two.txt", "2"]];
export const PICTURE = Buffer.from(process.env.PICTURE ?? "", "base64");
export const RESULT = {
  type: "article", id: "1", title: "Found", input_message_content: { message_text: "Found it" },
};
