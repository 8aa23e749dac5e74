// Small helps for a child's page. Every page works without them.

const root = document.documentElement;
let typed = false; // words on this page that were not sent
let sent = false;

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

// A second press while the first is on its way does nothing. After a while it may be tried again.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    else setTimeout(() => { sent = false; }, 8000);
    sent = true;
    typed = false;
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
