// What a keyboard stops at, and whether a child can see where that is.
(() => {
  const PRESSED = "a[href], button, summary, input:not([type=hidden]), textarea, select, [tabindex]";
  let met = []; // by the keyboard, in order

  const name = (part) => {
    const label = part.labels?.[0]?.textContent ?? part.getAttribute("aria-label") ?? part.textContent;
    return `${part.localName} ${(label || part.name || "").replace(/\s+/g, " ").trim()}`.trim();
  };
  const shown = (part) => part.closest("label.option") ?? part;

  // The mark stands on the thing itself, or on the card around a box to tick.
  const marked = (part) => {
    const card = shown(part) !== part && [...shown(part).querySelectorAll(":scope > span")].at(-1);
    const style = card ? getComputedStyle(card, "::before") : getComputedStyle(part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  };

  const inSight = (part) => {
    const box = shown(part).getBoundingClientRect();
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (bottom - top < Math.min(24, box.height)) return false;
    const [x, y] = [box.left + Math.min(box.width / 2, 20), (top + bottom) / 2];
    const there = document.elementFromPoint(x, y);
    return shown(part).contains(there) || Boolean(there?.contains(part) && there !== document.body);
  };

  // One stop for each thing to press, and one for each set of radios.
  const stops = () => [...document.querySelectorAll(PRESSED)].filter((part) => {
    if (part.tabIndex < 0 || part.disabled || !part.checkVisibility({ visibilityProperty: true })) return false;
    if (part.closest("details:not([open])") && part.localName !== "summary") return false;
    if (part.type !== "radio") return true;
    const set = [...document.querySelectorAll(`[type=radio][name="${part.name}"]`)];
    return part === (set.find((each) => each.checked) ?? set[0]);
  });

  const faults = (part, before) => [
    inSight(part) ? "" : "out of sight",
    marked(part) ? "" : "not marked",
    !before || before.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING ? ""
      : `comes after ${name(before)}`,
  ].filter(Boolean).map((fault) => `${name(part)}: ${fault}`);

  let found = []; // wrong with them
  let before = null;
  addEventListener("focusin", ({ target }) => {
    met.push(name(target));
    found.push(...faults(target, before));
    before = target;
  });

  window.keyboard = {
    begin: () => {
      document.activeElement.blur();
      [met, found, before] = [[], [], null];
      return stops().map(name);
    },
    end: () => ({ met, found }),
    out: () => document.activeElement !== stops().at(-1),

    // How many times Tab leads from here to `part`, or to its set; less than 0: backwards.
    steps: (part) => {
      const all = stops();
      const at = (one) => all.findIndex((each) => each === one ||
        (one.type === "radio" && each.type === "radio" && each.name === one.name));
      return at(part) - at(document.activeElement);
    },
  };
})();
