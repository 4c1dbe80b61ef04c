// Comforts only: every page works without this file.
"use strict";

// A second press while the first is on its way would send the same thing twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && button.hasAttribute("data-once")) {
    setTimeout(() => { button.disabled = true; button.dataset.once = "sent"; }, 0);
  }
});

// Back from the browser's memory: the button may be pressed again.
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-once=sent]").forEach((button) => { button.disabled = false; });
});
