// Files go up one by one, with their progress in bytes. Without this file the form sends them all at once.
"use strict";

const form = document.querySelector("[data-upload]");
const chooser = form.querySelector("input[type=file]");
const sending = form.querySelector(".sending");
const language = document.documentElement.lang;

const megabytes = (bytes) => (bytes / 1048576).toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }) + " MB";
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

function row(file) {
  const item = document.createElement("li");
  const state = document.createElement("span");
  state.className = "state";
  const bar = document.createElement("progress");
  bar.max = file.size || 1;
  bar.value = 0;
  item.append(state, file.name, bar);
  sending.append(item);
  return { state, bar };
}

function broken(shown, text) {
  shown.bar.remove();
  shown.state.textContent = text;
  shown.state.className = "state broken";
}

function send(file, shown) {
  return new Promise((done) => {
    const content = new FormData();
    content.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    content.append("chosen", file);
    const request = new XMLHttpRequest();
    const begun = performance.now();
    request.upload.addEventListener("progress", (event) => {
      shown.bar.value = event.loaded;
      const seconds = Math.ceil((performance.now() - begun) / 1000 * (event.total - event.loaded) / Math.max(event.loaded, 1));
      const parts = [filled(form.dataset.of, { done: megabytes(event.loaded), all: megabytes(event.total) })];
      if (seconds > 1) parts.push(filled(form.dataset.left, { seconds }));
      shown.state.textContent = parts.join(" · ");
    });
    request.addEventListener("load", () => done(request.status < 400));
    request.addEventListener("error", () => done(false));
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest"); // no page in return: it would use up the messages
    request.send(content);
  });
}

async function sendAll(files) {
  const rows = files.map((file) => [file, row(file)]);
  let failed = false;
  form.querySelector(".again").hidden = true;
  chooser.disabled = true;
  for (const [file, shown] of rows) {
    if (file.size > Number(form.dataset.most)) {
      broken(shown, form.dataset.tooLarge);
      failed = true;
    } else if (!await send(file, shown)) {
      broken(shown, form.dataset.broken);
      failed = true;
    }
  }
  chooser.disabled = false;
  chooser.value = "";
  // The page that comes back names every file that is here and every one that was refused. Where one did not
  // arrive the page stays until that has been read.
  if (failed) form.querySelector(".again").hidden = false;
  else location.reload();
}

form.classList.add("scripted");
chooser.addEventListener("change", () => { if (chooser.files.length) sendAll([...chooser.files]); });
form.addEventListener("submit", (event) => event.preventDefault());
for (const name of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
  });
}
form.addEventListener("drop", (event) => { if (event.dataTransfer.files.length) sendAll([...event.dataTransfer.files]); });
if (chooser.files.length) sendAll([...chooser.files]);  // chosen before this file had come over a slow line
