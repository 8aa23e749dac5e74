// Listen: reads the page aloud by a voice that lives on this device, so that no word goes elsewhere.
// Never what a child typed, never the secret words, and of two texts only the reader's.

const SILENT = "textarea, select, [data-own-words], .slip, .english, .hidden-text, .count, " +
  "[aria-hidden=true], details:not([open]) > :not(summary)";
const BLOCKS = "h1, h2, h3, p, li, label, legend, dt, dd, summary, button, .button, div";
const part = document.querySelector("[data-listen]");
const button = part?.querySelector("button");
const speech = window.speechSynthesis;
let reading = []; // kept, or a browser forgets to say when it has ended

const voice = () => speech.getVoices().find((each) => each.localService === true &&
  each.lang.split(/[-_]/)[0].toLowerCase() === document.documentElement.lang);

const quiet = (node) => node.nodeType === Node.ELEMENT_NODE &&
  (node.matches(SILENT) || !node.getClientRects().length);

const lines = () => {
  const found = [];
  let last;
  const walker = document.createTreeWalker(
    document.querySelector("main"),
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => (quiet(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
    const block = node.parentElement.closest(BLOCKS);
    found.push(block === last ? found.pop() + node.data : node.data);
    last = block;
  }
  return found.map((line) => line.replace(/\s+/g, " ").trim());
};

const stop = () => {
  speech.cancel();
  button.setAttribute("aria-pressed", "false");
};

const read = () => {
  reading = lines().map((line) => {
    const said = new SpeechSynthesisUtterance(line);
    said.voice = voice();
    said.lang = said.voice.lang;
    return said;
  });
  reading.at(-1).onend = stop;
  button.setAttribute("aria-pressed", "true");
  reading.forEach((said) => speech.speak(said));
};

if (part && speech) {
  const show = () => { part.hidden = !voice(); };
  speech.onvoiceschanged = show;
  show();
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") stop();
    else read();
  });
  addEventListener("pagehide", stop);
  for (const link of document.querySelectorAll("[data-leave]")) link.addEventListener("click", stop);
}
