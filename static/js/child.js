// Small helps for a child's page. Every page works without them.

import "./listen.js";

const root = document.documentElement;
let typed = false; // words on this page that were not sent

// Leaving: nothing is left on the screen while the next page comes, and no way back is kept.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    typed = false;
    root.classList.add("gone");
    location.replace(link.href);
  });
}

// A page that the Back button brings out of memory is fetched again, so that what was sent or left
// does not show. Words that were only typed stay: a child who looked something up must not lose
// them.
addEventListener("pageshow", (event) => {
  if (event.persisted && !typed) {
    root.classList.add("gone");
    location.reload();
  }
});

// What to look at again is read out first.
document.querySelector("[data-focus]")?.focus();

// Sending. A second press while the first is on its way does nothing; after a while it may be tried
// again. Without a signal nothing goes and nothing is lost: the page says so, and tries again from
// where it is. A device notices late that the signal is gone: before words go that took their time,
// a glance at the server tells.
const QUIET = 15_000; // ms without a word from the server
const GIVEN_UP = 8_000; // ms
const noSignal = document.querySelector("[data-no-signal]");
const opened = Date.now();
let state = ""; // "asking" whether there is a signal, "sure" that there is, or "sent"

const ask = async (form, button) => {
  state = "asking";
  const signal = AbortSignal.timeout?.(GIVEN_UP);
  const there = await fetch(noSignal.dataset.noSignal, { method: "HEAD", cache: "no-store", signal })
    .then(() => true, () => false);
  state = there ? "sure" : "";
  if (there) return button.click();
  form.prepend(noSignal);
  noSignal.hidden = false;
  noSignal.focus();
  noSignal.querySelector("button").onclick = () => { if (!state) ask(form, button); };
};

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    const doubtful = !navigator.onLine || (typed && Date.now() - opened > QUIET);
    if (state === "asking" || state === "sent") {
      event.preventDefault();
    } else if (noSignal && doubtful && state !== "sure") {
      event.preventDefault();
      ask(form, event.submitter ?? form.querySelector("[type=submit]"));
    } else {
      state = "sent";
      typed = false;
      setTimeout(() => { state = ""; }, GIVEN_UP);
    }
  });
}
addEventListener("input", () => { typed = true; });

// How many letters are left, from three quarters on. It waits for a pause, so that a screen reader
// is not talked over.
for (const box of document.querySelectorAll("[data-limit]")) {
  const count = document.getElementById(`${box.id}-count`);
  let pause;
  const show = () => {
    const left = box.dataset.limit - [...box.value].length;
    count.hidden = left > box.dataset.limit / 4;
    const text = left < 0 ? count.dataset.over : count.dataset.left;
    count.textContent = text.replace("#", Math.abs(left));
  };
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 500);
  });
  show();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}
