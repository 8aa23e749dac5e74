// What staff type is not lost to a link, a closed tab or a dead battery.

import "./child.js";

const PAUSE = 3_000, LONGEST = 30_000; // ms: after the last key, and while somebody goes on typing
const MOST = 60_000; // bytes that a browser sends for a page that is gone
const changed = new Set(); // forms with words that are nowhere but on this page

addEventListener("input", ({ target }) => {
  if (target.form?.method === "post") changed.add(target.form);
});
addEventListener("submit", ({ target }) => { changed.delete(target); });
addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// The writing desk saves by itself, as its button "Save for later" does, and says when it did.
for (const form of document.querySelectorAll("[data-keeps]")) {
  const status = form.querySelector("[data-kept]");
  let waits = 0, since = 0, going = false, pressed = null;
  const keep = async () => {
    clearTimeout(waits);
    if (going || !changed.has(form)) return;
    going = true;
    changed.delete(form);
    since = 0;
    const body = new URLSearchParams([...new FormData(form), ["go", "keep"]]);
    const keepalive = `${body}`.length < MOST; // it then outlives the page
    const kept = await fetch(form.action, { method: "POST", body, redirect: "error", keepalive })
      .then((answer) => (answer.ok ? answer.json() : null), () => null);
    going = false;
    if (kept) {
      form.elements.seen.value = kept.seen;
      status.textContent = kept.said;
    } else {
      changed.add(form);
      status.textContent = form.dataset.notKept;
    }
    pressed?.click();
    pressed = null;
    if (kept && changed.has(form)) waits = setTimeout(keep, PAUSE); // typed while it was being saved
  };
  // What is pressed meanwhile waits, so that it does not meet what is being saved.
  addEventListener("submit", (event) => {
    clearTimeout(waits);
    if (event.target !== form || !going) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
  }, true);
  form.addEventListener("input", () => {
    since ||= Date.now();
    clearTimeout(waits);
    waits = setTimeout(keep, Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
}
