// The page's words, Vietnamese and English. `t("key", {name: value})` says one of them.

const WORDS = {
  vi: {
    skip: "Đến các cuộc trò chuyện",
    simulator: "Mô phỏng Telegram",
    clock: "Đồng hồ mô phỏng",
    move: "Đặt giờ", moveTo: "Chuyển đến", go: "Chuyển", nextDay: "Sáng hôm sau",
    stands: "Đang dừng", runs: "Đang chạy ×{speed}", pause: "Dừng", run: "Chạy ×{speed}", speed: "Tốc độ đồng hồ",
    minutes: "+{n} phút", onlyForward: "Đồng hồ chỉ chuyển về phía trước.",
    log: "Nhật ký lệnh gọi", logShort: "Nhật ký", theme: "Giao diện sáng hoặc tối", language: "English", close: "Đóng",
    clear: "Xóa danh sách", noCalls: "Chưa có lệnh gọi nào.", filter: "Lọc theo tên hàm", asked: "Tham số", answered: "Kết quả",
    phoneOf: "Điện thoại của {name}", alone: "Xem riêng", together: "Xem tất cả", everyone: "Tất cả",
    more: "Tùy chọn", offline: "Mất mạng", blocked: "Chặn bot", offlineNow: "Không có mạng. Tin nhắn sẽ đi và đến khi có mạng lại.",
    blockedNow: "Đã chặn bot này.", unblock: "Bỏ chặn", deleted: "Tài khoản đã bị xóa",
    start: "BẮT ĐẦU", whatBot: "Bot này làm được gì?", noMessages: "Chưa có tin nhắn",
    bot: "bot", members: "{n} thành viên", subscribers: "{n} người theo dõi", typing: "đang nhập…", sendingFile: "đang gửi tệp…",
    typingBy: "{name} đang nhập…",
    message: "Tin nhắn", messageTo: "Tin nhắn gửi {name}", send: "Gửi tin nhắn", attach: "Đính kèm", commands: "Lệnh của bot",
    menu: "Menu", keyboard: "Bàn phím của bot", photoOrFile: "Ảnh hoặc tệp", asFile: "Ảnh dưới dạng tệp", location: "Vị trí",
    contact: "Số điện thoại của tôi", sticker: "Nhãn dán", shareLocation: "Một vị trí mẫu",
    reply: "Trả lời", edit: "Sửa", copy: "Sao chép", forward: "Chuyển tiếp cho bot", remove: "Xóa", cancel: "Hủy",
    replying: "Trả lời {name}", editing: "Sửa tin nhắn", edited: "đã sửa", forwarded: "Chuyển tiếp từ {name}", via: "qua @{name}",
    photo: "Ảnh", document: "Tệp", stickerWord: "Nhãn dán", locationWord: "Vị trí", save: "Tải về", openPhoto: "Mở ảnh",
    toBottom: "Xuống cuối", unread: "{n} chưa đọc", unreadLine: "Tin chưa đọc", today: "Hôm nay", topicGeneral: "Chung", pinned: "Tin ghim",
    channelReads: "Kênh: chỉ quản trị viên đăng tin", lost: "Mất kết nối với trình mô phỏng. Đang thử lại…",
    newMessage: "{name}: {text}", noPeople: "Chưa có ai. Thêm người qua /control/people.", ok: "Đồng ý", find: "Tìm người",
    actions: "Việc với tin nhắn này", sentAt: "lúc {time}", waiting: "chờ mạng", tooBig: "Tệp lớn hơn 20 MB.", copied: "Đã sao chép",
    tour: "Hướng dẫn", tourNext: "Tiếp", tourBack: "Trước", tourDone: "Xong",
    "tour.phones": "Mỗi khung là điện thoại của một người. Dòng chữ nhỏ dưới tên cho biết người ấy là ai.",
    "tour.talk": "Bấm BẮT ĐẦU, rồi gõ hoặc chạm như trên Telegram. Bot trả lời thật, từ một cơ sở dữ liệu thật.",
    "tour.chats": "Trên mỗi máy còn những cuộc trò chuyện khác, như kênh công khai: chạm tên để mở.",
    "tour.clock": "Đồng hồ đang dừng. Cho nó chạy, hoặc chuyển đến một giờ khác, để thấy những việc đến giờ mới xảy ra.",
    "tour.play": "Hoặc ngồi xem: các máy tự trò chuyện với bot, mỗi bước có lời giải thích. Có thể tạm dừng, bỏ qua, hay dừng hẳn rồi tự thử tiếp.",
    playPause: "Tạm dừng", playOn: "Xem tiếp", playSkip: "Bước sau", playStop: "Dừng hẳn",
    playEnded: "Đã xem hết. Mọi thứ còn nguyên: có thể tự thử tiếp.", playStopped: "Đã dừng. Mọi thứ còn nguyên: có thể tự thử tiếp.",
    playFailed: "Phải dừng giữa chừng, vì không thấy câu trả lời mong đợi ({trouble}). Có thể tự thử tiếp, hoặc xem lại từ đầu.",
    "service.new_chat_members": "{x} đã vào nhóm", "service.left_chat_member": "{x} đã rời nhóm",
    "service.new_chat_photo": "Đã đổi ảnh nhóm", "service.delete_chat_photo": "Đã bỏ ảnh nhóm",
    "service.new_chat_title": "Đã đổi tên nhóm thành «{x}»", "service.forum_topic_created": "Đã mở chủ đề «{x}»",
    "service.forum_topic_edited": "Đã sửa chủ đề «{x}»", "service.forum_topic_closed": "Đã đóng chủ đề",
    "service.forum_topic_reopened": "Đã mở lại chủ đề", "service.migrate_to_chat_id": "Nhóm đã thành siêu nhóm",
    "service.migrate_from_chat_id": "Nhóm đã được nâng cấp",
  },
  en: {
    skip: "Skip to the conversations",
    simulator: "Telegram simulator",
    clock: "Simulated clock",
    move: "Set time", moveTo: "Move to", go: "Move", nextDay: "Next morning",
    stands: "Stopped", runs: "Running ×{speed}", pause: "Stop", run: "Run ×{speed}", speed: "Speed of the clock",
    minutes: "+{n} min", onlyForward: "The clock only moves forward.",
    log: "Log of API calls", logShort: "Log", theme: "Light or dark", language: "Tiếng Việt", close: "Close",
    clear: "Clear the list", noCalls: "No calls yet.", filter: "Filter by method", asked: "Parameters", answered: "Answer",
    phoneOf: "Phone of {name}", alone: "Show alone", together: "Show all", everyone: "Everyone",
    more: "Options", offline: "Offline", blocked: "Bot blocked", offlineNow: "No network. Messages come and go once it is back.",
    blockedNow: "This bot is blocked.", unblock: "Unblock", deleted: "Deleted account",
    start: "START", whatBot: "What can this bot do?", noMessages: "No messages yet",
    bot: "bot", members: "{n} members", subscribers: "{n} subscribers", typing: "typing…", sendingFile: "sending a file…",
    typingBy: "{name} is typing…",
    message: "Message", messageTo: "Message to {name}", send: "Send the message", attach: "Attach", commands: "Commands of the bot",
    menu: "Menu", keyboard: "The bot's keyboard", photoOrFile: "Photo or file", asFile: "Picture as a file", location: "Location",
    contact: "My phone number", sticker: "Sticker", shareLocation: "A sample location",
    reply: "Reply", edit: "Edit", copy: "Copy", forward: "Forward to the bot", remove: "Delete", cancel: "Cancel",
    replying: "Reply to {name}", editing: "Edit message", edited: "edited", forwarded: "Forwarded from {name}", via: "via @{name}",
    photo: "Photo", document: "File", stickerWord: "Sticker", locationWord: "Location", save: "Save", openPhoto: "Open the photo",
    toBottom: "To the end", unread: "{n} unread", unreadLine: "Unread messages", today: "Today", topicGeneral: "General", pinned: "Pinned message",
    channelReads: "A channel: only its administrators post", lost: "Lost the simulator. Trying again…",
    newMessage: "{name}: {text}", noPeople: "Nobody here yet. Add people with /control/people.", ok: "OK", find: "Find a person",
    actions: "What to do with this message", sentAt: "at {time}", waiting: "waits for the network", tooBig: "The file is over 20 MB.", copied: "Copied",
    tour: "Guide", tourNext: "Next", tourBack: "Back", tourDone: "Done",
    "tour.phones": "Each frame is one person's phone. The small line under the name says who it is.",
    "tour.talk": "Press START, then type or tap as in Telegram. The bot that answers is real, and so is its database.",
    "tour.chats": "There are other chats on each phone, such as a public channel: tap its name.",
    "tour.clock": "The clock stands still. Let it run, or move it on, to see what happens at a certain hour.",
    "tour.play": "Or just watch: the phones talk with the bot by themselves, and each step is explained. Pause, skip, or stop and go on by yourself.",
    playPause: "Pause", playOn: "Go on", playSkip: "Next step", playStop: "Stop",
    playEnded: "That was all. Everything is still there: go on by yourself.", playStopped: "Stopped. Everything is still there: go on by yourself.",
    playFailed: "It had to stop, as the answer that was expected did not come ({trouble}). Go on by yourself, or watch again from the start.",
    "service.new_chat_members": "{x} joined", "service.left_chat_member": "{x} left",
    "service.new_chat_photo": "The group has a new photo", "service.delete_chat_photo": "The group’s photo was removed",
    "service.new_chat_title": "The group is now called «{x}»", "service.forum_topic_created": "Topic «{x}» was opened",
    "service.forum_topic_edited": "Topic is now «{x}»", "service.forum_topic_closed": "Topic was closed",
    "service.forum_topic_reopened": "Topic was opened again", "service.migrate_to_chat_id": "The group became a supergroup",
    "service.migrate_from_chat_id": "The group was upgraded",
  },
};

let language = "vi";
let zone = "Asia/Ho_Chi_Minh";

export function setWords(code, timeZone) {
  language = code in WORDS ? code : "vi";
  zone = timeZone || zone;
  document.documentElement.lang = language;
}

export const spoken = () => language;

export function t(key, values = {}) {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const formats = new Map();
function format(moment, options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { timeZone: zone, ...options }));
  }
  return formats.get(key).format(moment);
}

export const hour = (moment) => format(moment, { hour: "2-digit", minute: "2-digit", hour12: false });
export const second = (moment) => format(moment, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
export const day = (moment) => format(moment, { day: "2-digit", month: "2-digit", year: "numeric" });
export const weekday = (moment) => format(moment, { weekday: "long" });
export const longDay = (moment) => format(moment, { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" });

/** Local ISO such as 2021-11-10T15:30, for inputs of date and time. */
export function localIso(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false,
  }).formatToParts(moment);
  const part = (type) => parts.find((p) => p.type === type).value.replace("24", "00");
  const year = parts.find((p) => p.type === "year").value;
  const dayOf = parts.find((p) => p.type === "day").value;
  return `${year}-${part("month")}-${dayOf}T${part("hour")}:${part("minute")}`;
}

export const number = (value) => new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(value);

export function bytes(size) {
  if (size < 1024) return `${number(size)} B`;
  if (size < 1024 * 1024) return `${number(Math.round(size / 102.4) / 10)} KB`;
  return `${number(Math.round(size / 104857.6) / 10)} MB`;
}
