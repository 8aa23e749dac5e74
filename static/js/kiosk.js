// A screen that others use too asks whether somebody is still there, and clears itself if nobody is.

const box = document.getElementById("still");
const text = document.getElementById("still-text");
const button = box.querySelector("button");
const finished = box.querySelector("a");
const ms = (name) => box.dataset[name] * 1000;
const question = [...text.childNodes]; // in a language that nobody has checked, with its English
const moreTime = [...button.childNodes];
const quiet = "quiet" in box.dataset;
const MINUTE = 60_000, LAST = 10_000, ON_ITS_WAY = 10_000;
let heard = Date.now(); // by the server
let due = heard + ms("warn"); // when it asks, unless there is a touch or a key before
const ends = "left" in box.dataset ? heard + ms("left") : Infinity; // the whole visit
let told = ends - heard <= ms("end"); // that it ends; from then on the pages themselves say so
let why = ""; // it asks: "idle" or "end"
let going = 0; // since when a form is on its way: its answer clears this page, or leads on

const clear = () => {
  document.documentElement.classList.add("gone");
  location.replace(finished.href);
};

const here = (time) => {
  const now = Date.now();
  due = Math.max(due, now + time);
  if (now - heard > MINUTE) {
    heard = now;
    fetch(box.dataset.here, { cache: "no-store" }).catch(() => {});
  }
};

const ask = (reason, words, answer) => {
  why = reason;
  text.replaceChildren(...words);
  button.replaceChildren(...answer);
  if (!box.open) box.showModal(); // which moves the focus, and so is read out once
};

const look = () => {
  const now = Date.now();
  if (now - going < ON_ITS_WAY) return;
  const end = Math.min(due + ms("clear"), ends);
  if (now >= end || (quiet && now >= due)) clear();
  else if (now >= due) {
    if (why !== "idle") ask("idle", question, moreTime);
    if (end - now <= LAST && text.textContent !== box.dataset.soon) {
      text.textContent = box.dataset.soon;
    }
  } else if (!told && ends - now <= ms("end")) {
    told = true;
    ask("end", [box.dataset.minutes], [box.dataset.goOn]);
  }
};

const goOn = () => {
  if (why) here(ms(why === "idle" ? "more" : "warn"));
  why = "";
};

for (const sign of ["cancel", "close"]) box.addEventListener(sign, goOn);
button.addEventListener("click", () => {
  goOn(); // at once: the event comes when the browser finds time
  box.close();
});
finished.addEventListener("click", (event) => {
  event.preventDefault();
  clear();
});
for (const sign of ["pointerdown", "keydown", "input", "scroll", "wheel"]) {
  addEventListener(sign, () => { if (!why) here(ms("warn")); }, { capture: true, passive: true });
}
addEventListener("submit", (event) => { if (!event.defaultPrevented) going = Date.now(); });
setInterval(look, 1000);
