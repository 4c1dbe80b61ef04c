// One hand on the number row, nothing lost on a weak line. Every button works without this file too.
"use strict";

const RETRY = 10000, RENEW = 240000;
const page = () => document.getElementById("review");
const form = () => document.getElementById("decide");
const announce = (text) => { const line = document.getElementById("announce"); if (line) line.textContent = text; };
let unsent = null;      // the decision that could not be sent: in this page and nowhere else
let timer = 0, active = true;

function banner(text, urgent) {
  const box = document.getElementById("unsent");
  if (!box) return;
  box.hidden = !text;
  box.textContent = text || "";
  box.classList.toggle("stop", Boolean(urgent));
  box.classList.toggle("warn", !urgent);
}

const words = (name) => document.getElementById("unsent")?.dataset[name] || "";

// --- showing the next page in the place of this one ---

function put(answer, html, push) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const part = fresh.getElementById("review");
  if (!part || !page()) { location.assign(answer.url); return; }
  page().replaceWith(document.adoptNode(part));
  document.title = fresh.title;
  if (push) history.pushState({}, "", answer.url);
  ready();
}

async function load(address, push = true) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    put(answer, await answer.text(), push);
  } catch { banner(words("text"), true); }
}

async function send(action, body) {
  try {
    const answer = await fetch(action, { method: "POST", body });
    if (answer.status >= 500) throw new Error("server");
    unsent = null;
    clearTimeout(timer);
    banner("");
    put(answer, await answer.text(), true);
  } catch {
    unsent = { action, body };
    banner(words("text"), true);
    clearTimeout(timer);
    timer = setTimeout(again, RETRY);
  }
}

// The key in the form makes a repeated request harmless: it is the same decision.
function again() { if (unsent) send(unsent.action, unsent.body); }

// --- deciding ---

function choose(number) {
  const radios = [...form().querySelectorAll("[name=answer]")];
  const radio = radios[number - 1];
  if (!radio || radio.disabled || unsent) return;
  const was = radio.checked;
  radio.checked = true;
  const reasons = form().querySelector(".reasons");
  const asks = radio.value === "not_this" || radio.value === "no_list";
  reasons.classList.toggle("asked", asks);
  if (asks && !reasons.querySelector(":checked")) {
    hint("choose");
    reasons.querySelector("input").focus();
  } else if (radio.value === "unsure" && !form().note.value.trim()) {
    hint("write");
    form().note.focus();
  } else if (!asks || was) {
    submit();
  } else {
    reasons.querySelector(":checked").focus();
  }
}

function hint(name) {
  const line = document.getElementById("hint");
  line.hidden = false;
  line.textContent = line.dataset[name];
  announce(line.textContent);
}

function submit() {
  const its = form();
  if (its.classList.contains("sending")) return;
  its.classList.add("sending");
  const body = new URLSearchParams(new FormData(its));
  its.querySelectorAll("input, button").forEach((one) => { one.disabled = true; });
  send(its.action || location.href, body);
}

// --- keys ---

const writes = (target) => target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");

function pressed(event) {
  active = true;
  if (event.target.id === "note" && event.key === "Escape") { event.target.blur(); focusGroup(); return; }
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!page() || page().dataset.keys === "off" || writes(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (form() && "1234".includes(key)) { event.preventDefault(); choose(Number(key)); return; }
  if (key === "c" && document.getElementById("note")) { event.preventDefault(); document.getElementById("note").focus(); return; }
  if (key === "?") { event.preventDefault(); document.getElementById("keys")?.showModal(); return; }
  if (key === "enter" && event.target.matches("#decide [type=radio]")) { event.preventDefault(); return; }
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (target && !unsent) { event.preventDefault(); target.click(); }
}

function focusGroup() {
  const group = page()?.querySelector(".answers, [data-focus]");
  if (group) group.focus({ preventScroll: true });
}

// --- a page has come ---

function ready() {
  const its = form();
  if (its) {
    its.classList.add("scripted");
    const checked = its.querySelector("[name=answer]:checked");
    its.querySelector(".reasons").classList.toggle("asked", Boolean(checked) && checked.value.startsWith("no"));
  }
  focusGroup();
  const say = page()?.dataset.say;
  if (say) announce(say.replace(/\s+/g, " ").trim());
}

document.addEventListener("keydown", pressed);
document.addEventListener("pointerdown", () => { active = true; });

document.addEventListener("click", (event) => {
  const label = event.target.closest("#decide .answers label");
  if (label && event.detail) {   // a press of a finger or mouse; arrow keys only choose
    const number = [...form().querySelectorAll(".answers label")].indexOf(label) + 1;
    if (event.target.matches("input")) setTimeout(() => choose(number), 0);  // to prevent it would uncheck it again
    else { event.preventDefault(); choose(number); }
    return;
  }
  const link = event.target.closest("a[data-key], .switch a");
  if (link && page()?.contains(link) && !event.ctrlKey && !event.metaKey && !"/?".includes(link.dataset.key || "c")) {
    event.preventDefault();
    if (!unsent) load(link.href);
  } else if (link?.dataset.key === "?") {
    event.preventDefault();
    document.getElementById("keys")?.showModal();
  }
});

document.addEventListener("submit", (event) => {
  const its = event.target;
  if (its.method === "dialog" || !page()?.contains(its)) return;
  if (its.id === "decide") {
    event.preventDefault();
    const checked = its.querySelector("[name=answer]:checked");
    const number = [...its.querySelectorAll("[name=answer]")].indexOf(checked) + 1;
    if (number) choose(number);
  } else if (its.querySelector("[data-key]")) {
    event.preventDefault();
    send(its.action, new URLSearchParams(new FormData(its, event.submitter)));
  }
});

// The case stays in hand while somebody is at work here.
setInterval(async () => {
  const address = page()?.dataset.renew, token = form()?.csrfmiddlewaretoken?.value;
  if (!address || !active || !token) return;
  active = false;
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.status === 409) { const told = await answer.json(); banner(told.sentence); announce(told.sentence); }
  } catch { /* the next decision will tell */ }
}, RENEW);

addEventListener("popstate", () => load(location.href, false));
addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
addEventListener("online", again);
ready();
