// A report's page: what is typed is kept in this browser at once and saved as soon as there is a network.
// The server alone knows the rules: each save brings the page back as the answers now make it, and what changed is put in its place.
"use strict";
(() => {
  const PAUSE = 700, PATIENCE = 20000, AGAIN = [3000, 8000, 20000];
  const page = `<!doctype html>\n${document.documentElement.outerHTML}`, isCopy = document.documentElement.dataset.copy === "1";
  document.documentElement.classList.add("js");
  const closed = document.getElementById("closed");
  if (closed) end(closed, document.getElementById("left"));
  const form = document.getElementById("form");
  if (!form) return;

  const key = form.dataset.keep, status = document.getElementById("status");
  const sheet = document.getElementById("sheet"), made = new WeakMap();
  const mine = new Set(), tried = new Map();  // of which questions this window keeps what was typed; what was sent in vain
  let timer = 0, busy = false, tries = 0, stopped = false, old = isCopy, pressed = null;

  // The report is not open any more: what was typed goes, but for what is not in the report, which is told.
  function end(told, left) {
    const stands = JSON.parse(told.dataset.stands), fields = kept.read(told.dataset.keep).fields || {};
    const bare = (said) => said.replace(/[.\s]/g, "").replace(/^0+(?=\d)/, "");
    const names = Object.keys(fields).filter((name) => stands[name] && fields[name].text && bare(fields[name].text) !== bare(stands[name][0]));
    kept.forget();
    if (names.length === 0) { kept.drop(told.dataset.keep); return; }
    left.textContent = left.dataset.said.replace("@", names.map((name) => stands[name][1]).join(", "));
    left.hidden = false;
  }
  const blocks = () => [...sheet.querySelectorAll("[data-q]")];
  const remember = () => { for (const each of sheet.children) made.set(each, each.outerHTML); };

  function knew(block) { return block.querySelector("[name^='k:']"); }
  function unknown(block) { return block.querySelector("[name^='u:']"); }
  function inputs(block) { return [...block.querySelectorAll("[name^='a:']")]; }
  function text(block) {
    if (unknown(block)?.checked) return "~";
    const kind = block.dataset.field, all = inputs(block);
    if (["choice", "choices", "confirm"].includes(kind)) return all.filter((e) => e.checked).map((e) => e.value).join(" ");
    if (kind === "order") return all.map((e) => e.value).filter(Boolean).join(" ");
    return (all[0]?.value ?? "").trim();
  }
  function put(block, value) {
    const kind = block.dataset.field, all = inputs(block), parts = value.split(" ");
    if (unknown(block)) unknown(block).checked = value === "~";
    const said = value === "~" ? "" : value;
    if (["choice", "choices", "confirm"].includes(kind)) all.forEach((e) => { e.checked = said !== "" && parts.includes(e.value); });
    else if (kind === "order") all.forEach((e, n) => { e.value = said ? parts[n] || "" : ""; });
    else if (all[0]) all[0].value = said;
  }
  const reason = (block) => block.querySelector("[name^='r:']");
  const isNew = (block) => text(block) !== knew(block).value || (reason(block) && reason(block).value.trim() !== reason(block).dataset.knew);
  const unsaved = () => blocks().filter(isNew);

  // Each window of this browser keeps and drops what was typed in itself.
  function keep() {
    const fields = kept.read(key).fields || {}, why = document.getElementById("f-why")?.value.trim(), fresh = new Set(unsaved());
    for (const block of blocks()) {
      const name = block.dataset.q;
      if (fresh.has(block)) {
        const taken = block.querySelector("[name^='s:']").value;
        fields[name] = { text: text(block), knew: knew(block).value, reason: reason(block)?.value, kept: taken, tried: tried.get(name) };
        mine.add(name);
      } else if (mine.delete(name)) delete fields[name];
    }
    if (Object.keys(fields).length || why) kept.write(key, { at: Date.now(), fields, why });
    else kept.drop(key);
  }
  function restore() {
    const was = kept.read(key);
    let found = false;
    for (const block of blocks()) {
      const typed = was.fields?.[block.dataset.q];
      if (!typed || block.dataset.restored) continue;
      block.dataset.restored = "1";
      if (typed.tried) tried.set(block.dataset.q, typed.tried);
      mine.add(block.dataset.q);
      if (typed.text !== text(block)) { put(block, typed.text); knew(block).value = typed.knew; found = true; }
      if (typed.kept) block.querySelector("[name^='s:']").value = typed.kept;
      if (typed.reason && reason(block) && !reason(block).value) { reason(block).value = typed.reason; found = true; }
    }
    const why = document.getElementById("f-why");
    if (was.why && why && !why.value) why.value = was.why;
    return found;
  }

  function tell(said, kind = "") {
    if (status.textContent !== said) status.textContent = said;
    status.className = kind;
  }
  function later(pause) { clearTimeout(timer); timer = setTimeout(save, pause); }

  async function save(more = {}) {
    clearTimeout(timer);
    if (busy) { later(200); return false; }
    const isAsked = Object.keys(more).length > 0, sent = new Map(unsaved().map((block) => [block.dataset.q, text(block)]));
    if (stopped || (!isAsked && !old && sent.size === 0)) return true;
    busy = true;
    const fields = new URLSearchParams(new FormData(form)), given = new AbortController(), limit = setTimeout(() => given.abort(), PATIENCE);
    fields.set("do", "save");
    for (const [name, texts] of tried) for (const each of texts) fields.append(`t:${name}`, each);
    for (const [name, value] of Object.entries(more)) fields.set(name, value);
    let answer;
    tell(status.dataset.saving);
    try {
      const got = await fetch(location.pathname, {
        method: "POST", body: fields, headers: { Accept: "application/json" }, credentials: "same-origin", signal: given.signal,
      });
      answer = await got.json();
    } catch { answer = null; }
    clearTimeout(limit);
    busy = false;
    if (!answer || answer.state === "broken") {
      for (const [name, said] of sent) tried.set(name, [...new Set([...(tried.get(name) || []), said])].slice(-8));
      keep();
      tell(more.do === "send" || more.do === "sure" ? status.dataset.unsent : status.dataset.waiting, "waits");
      later(AGAIN[Math.min(tries++, AGAIN.length - 1)]);
      return false;
    }
    tries = 0;
    if (answer.state === "over") { stopped = true; keep(); kept.forget(); tell(answer.said, "waits"); return false; }
    take(answer, sent, isAsked);
    return true;
  }

  function take(answer, sent, isAsked) {
    const page = new DOMParser().parseFromString(answer.html, "text/html");
    tried.clear();
    if (answer.state === "sent") {
      document.getElementById("main").replaceWith(page.getElementById("main"));
      if (document.getElementById("left").hidden) kept.drop(key);
      kept.forget();
      document.querySelector("h1").focus();
      scrollTo(0, 0);
      return;
    }
    old = false;
    kept.copy(answer.html, form.dataset.policy);
    const above = document.getElementById("above"), news = page.getElementById("above");
    if (isAsked || !above.contains(document.activeElement)) above.replaceWith(news);
    mend(page.getElementById("sheet"), sent);
    restore();
    keep();
    const left = unsaved(), time = page.getElementById("status").dataset.time;
    if (left.length === 0) tell(status.dataset.saved.replace("@", time), "done");
    else if (left.some((block) => text(block) !== sent.get(block.dataset.q) && !sent.has(block.dataset.q))) later(PAUSE);
    if (left.length) tell(status.dataset.wrong, "waits");
    if (isAsked) document.getElementById("summary")?.focus();
  }

  // Puts the page in the place of the old one, but for what somebody is typing or has typed since.
  function mend(fresh, sent) {
    const old = new Map([...sheet.children].map((each) => [each.id, each])), wanted = [...fresh.children];
    const order = wanted.map((each) => {
      const was = old.get(each.id), html = each.outerHTML;
      old.delete(each.id);
      if (!was) { made.set(each, html); return each; }
      if (made.get(was) === html && (!was.dataset.q || text(was) === text(each))) { stay(was, each); return was; }
      const moved = was.dataset.q && sent.has(was.dataset.q) && text(was) !== sent.get(was.dataset.q);
      if (was.contains(document.activeElement) || moved || was.id === "why") { stay(was, each); return was; }
      made.set(each, html);
      return each;
    });
    for (const [id, each] of old) each.remove();
    order.forEach((each, at) => { if (sheet.children[at] !== each) { const was = sheet.children[at]; if (was && was.id === each.id) was.replaceWith(each); else sheet.insertBefore(each, was || null); } });
  }
  function stay(was, each) {
    if (was.dataset.q) {
      knew(was).value = knew(each).value;
      was.className = each.className;
      const [mine, new_] = [was.querySelector(".said"), each.querySelector(".said")];
      if (mine.contains(document.activeElement) && reason(was) && reason(each)) reason(was).dataset.knew = reason(each).dataset.knew;
      else mine.replaceWith(new_);
    }
    if (was.id === "why") was.querySelector(".changes").replaceWith(each.querySelector(".changes"));
    made.set(was, "");
  }

  form.addEventListener("input", (event) => {
    const block = event.target.closest("[data-q]"), of = event.target;
    if (block && of.name.startsWith("a:")) {
      block.querySelector("[name^='s:']").value = "";
      if (unknown(block) && text(block) !== "~") unknown(block).checked = false;
      else if (unknown(block) && of.value) unknown(block).checked = false;
    }
    if (block && of.name.startsWith("u:") && of.checked) inputs(block).forEach((e) => { if (e.checked !== undefined && e.type !== "text") e.checked = false; else e.value = ""; });
    keep();
    later(PAUSE);
  });
  form.addEventListener("change", () => { keep(); later(50); });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    pressed = button;
    if (button.dataset.put !== undefined) {
      const block = button.closest("[data-q]");
      put(block, button.dataset.put);
      block.querySelector("[name^='s:']").value = "1";
      keep();
      later(50);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter || pressed, what = button ? { [button.name]: button.value } : { do: "save" };
    pressed = null;
    keep();
    save(what);
  });
  addEventListener("online", () => save());
  addEventListener("offline", () => { if (unsaved().length) tell(status.dataset.waiting, "waits"); });
  addEventListener("pagehide", keep);

  remember();
  if (!isCopy) kept.copy(page, form.dataset.policy);
  const found = restore();
  if (isCopy) { tell(status.dataset.waiting, "waits"); later(100); }
  else if (found) { tell(status.dataset.restored, "waits"); later(100); }
  else if (form.dataset.state === "wrong") document.getElementById("summary")?.focus();
})();
