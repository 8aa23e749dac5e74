// What a page must measure, whatever it says. Each function returns what is wrong, in words.
(() => {
  const SLACK = 1; // CSS pixels: browsers round
  const SMALLEST = 44; // CSS pixels
  const SMALLEST_CONTROL = 48;
  const SMALLEST_OPTION = 64;

  const short = (part) => part.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const width = () => document.documentElement.clientWidth;
  const seen = (part) =>
    part.checkVisibility() && !part.closest(".hidden-text, .skip:not(:focus)");

  // Nothing lies beside the page.
  const sideways = () => {
    const faults = [];
    const over = document.scrollingElement.scrollWidth - width();
    if (over > 0) faults.push(`${over} px to scroll sideways`);
    for (const part of document.body.querySelectorAll("*")) {
      if (!seen(part) || part.closest("svg svg, svg *")) continue;
      const box = part.getBoundingClientRect();
      const out = Math.max(-box.left, box.right - width());
      if (box.width && out > SLACK) faults.push(`${Math.round(out)} px outside: ${short(part)}`);
    }
    return faults;
  };

  const boxesAround = function* (part) {
    for (let each = part; each && each !== document.documentElement; each = each.parentElement) {
      const style = getComputedStyle(each);
      const cuts = style.overflowX !== "visible" || style.overflowY !== "visible";
      const edge = parseFloat(style.borderTopWidth) || style.backgroundColor !== "rgba(0, 0, 0, 0)";
      if (style.display !== "inline" && (cuts || edge)) yield each;
    }
  };

  // No text leaves the box that it stands in.
  const clipped = () => {
    const faults = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.data.trim() || !seen(text.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const lines = [...range.getClientRects()].filter((line) => line.width && line.height);
      for (const box of boxesAround(text.parentElement)) {
        if (box === document.body || box.matches("textarea")) continue;
        const frame = box.getBoundingClientRect();
        const out = lines.some((line) =>
          line.left < frame.left - SLACK || line.right > frame.right + SLACK ||
          line.top < frame.top - SLACK || line.bottom > frame.bottom + SLACK);
        if (out) faults.push(`"${text.data.trim().slice(0, 40)}" leaves ${short(box)}`);
      }
    }
    for (const box of document.querySelectorAll("input:not([type=hidden])")) {
      if (seen(box) && box.scrollHeight > box.clientHeight + SLACK) {
        faults.push(`too low for its line: ${short(box)}`);
      }
    }
    return faults;
  };

  // A link inside a sentence is as high as its line, which the guidelines allow.
  const inSentence = (part) =>
    part.matches("a") && part.parentElement.textContent.trim() !== part.textContent.trim() &&
    getComputedStyle(part.parentElement).display === "block";

  // Whatever can be pressed is big enough for a small hand.
  const small = () => {
    const faults = [];
    const pressed = "a[href], button, summary, input:not([type=hidden]), textarea, select";
    for (const part of document.querySelectorAll(pressed)) {
      if (!seen(part) || inSentence(part)) continue;
      const target = part.matches("[type=radio], [type=checkbox]") ? part.closest("label") : part;
      const least = part.matches("a:not(.button, .door)") ? SMALLEST : SMALLEST_CONTROL;
      const box = target.getBoundingClientRect();
      const high = target.matches("label") ? SMALLEST_OPTION : least;
      if (box.width < least || box.height < high) {
        faults.push(`${Math.round(box.width)} x ${Math.round(box.height)} px: ${short(target)}`);
      }
    }
    return faults;
  };

  // Nothing moves by itself. When it changes only a tick is drawn, in 120 ms, and not for who wants
  // no motion.
  const wantsNone = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isTick = (part, pseudo) => pseudo === "::after" && part.matches(".option input ~ span");
  const moving = () => {
    const faults = document.getAnimations().map((each) => `moves: ${short(each.effect.target)}`);
    for (const part of document.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(part, pseudo);
        const times = `${style.transitionDuration}, ${style.animationDuration}`.split(", ");
        const most = isTick(part, pseudo) && !wantsNone() ? 0.12 : 0;
        if (times.some((time) => parseFloat(time) > most)) faults.push(`would move: ${short(part)}`);
      }
    }
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") {
      faults.push("scrolls by itself");
    }
    return faults;
  };

  // What can be pressed or written in has an edge that is not the colour of the page.
  const edgeless = () => {
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const edged = ".button:not(.plain), .option, .door, textarea, " +
      "input:not([type=hidden], [type=radio], [type=checkbox])";
    return [...document.querySelectorAll(edged)].filter(seen).filter((part) => {
      const style = getComputedStyle(part);
      return style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1 ||
        style.borderTopColor === page;
    }).map((part) => `no edge: ${short(part)}`);
  };

  // With the writing turned round, every box is the mirror image of what it was. English so turned
  // has its full stops at the other end, away from the letter with which they were kerned.
  const unmirrored = () => {
    const root = document.documentElement;
    const parts = [...document.body.querySelectorAll("*")].filter((part) =>
      seen(part) && !part.closest("body [dir], svg *") && part.getClientRects().length === 1 &&
      !getComputedStyle(part).display.startsWith("inline"));
    const places = () => parts.map((part) => part.getBoundingClientRect());
    const before = places();
    root.dir = "rtl";
    const after = places();
    root.dir = "ltr";
    return parts.filter((_, at) =>
      Math.abs(width() - before[at].right - after[at].left) > SLACK ||
      Math.abs(before[at].top - after[at].top) > SLACK).map((part) => `not mirrored: ${short(part)}`);
  };

  // Nothing stays in the browser.
  const kept = async () => {
    const found = [
      ["localStorage", localStorage.length],
      ["sessionStorage", sessionStorage.length],
      ["databases", (await indexedDB.databases()).length],
      ["caches", window.caches ? (await caches.keys()).length : 0],
      ["workers", (await navigator.serviceWorker?.getRegistrations() ?? []).length],
    ];
    return found.filter(([, count]) => count).map(([name, count]) => `${count} in ${name}`);
  };

  const during = (styles, measures) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
    const faults = measures.flatMap((measure) => measure());
    document.adoptedStyleSheets = [];
    return faults;
  };
  const named = (name, faults) => faults.map((fault) => `${name}: ${fault}`);

  return {
    open: () => { for (const fold of document.querySelectorAll("details")) fold.open = true; },
    theme: (name) => {
      const root = document.documentElement;
      root.className = root.className.replace(/theme-\w+/, `theme-${name}`);
    },
    normal: async () => [
      ...named("width", sideways()),
      ...named("text", clipped()),
      ...named("target", small()),
      ...named("motion", moving()),
      ...named("edge", edgeless()),
      ...named("kept", await kept()),
    ],
    wide: () => named("text spacing", during(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; " +
      "word-spacing: .16em !important } p { margin-block-end: 2em !important }",
      [sideways, clipped],
    )),
    big: () => named("letters at 200%", during("html { font-size: 200% !important }",
      [sideways, clipped])),
    narrow: () => named("narrow", [...sideways(), ...clipped()]),
    forced: () => named("forced colours", [...edgeless(), ...moving()]),
    mirror: () => named("mirror", during("* { font-kerning: none !important }", [unmirrored])),
  };
})()
