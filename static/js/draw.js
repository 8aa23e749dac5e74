// Drawing by finger, pen or mouse. It goes along as points; the server draws it again.

import "./child.js";

const board = document.querySelector("[data-board]");
const form = document.getElementById("question");
const field = form.strokes;
const paper = board.querySelector("[role=img]");
const [done, live] = paper.querySelectorAll("g"); // what stays, and the lines while they are drawn
const status = board.querySelector("[role=status]");
const undo = board.querySelector("[data-undo]");
const boxes = [...form.picture_place, ...form.picture_stickers];
const most = board.dataset;

const ticks = () => boxes.map((box) => box.checked);
let strokes = field.value ? field.value.split(";") : []; // each a colour, a pen, and points
let ticked = ticks();
const past = strokes.map((_, at) => [strokes.slice(0, at), ticked]); // for Undo
const begun = new Map(); // by the pointer that began it: the line, its last point, and what drew it

const lines = () => [...begun.values()].map(({ line }) => line);
const isFull = (all = [...strokes, ...lines()]) =>
  all.length >= most.strokes || all.join(" ").split(" ").length >= most.points;
const say = (what) => { status.textContent = status.dataset[what]; };

const made = (tag, has) => {
  const shape = document.createElementNS(done.namespaceURI, tag);
  for (const name in has) shape.setAttribute(name, has[name]);
  return shape;
};
const drawn = (line) => made("path", {
  stroke: getComputedStyle(form.ink[line[0]]).backgroundColor,
  "stroke-width": form.pen[line[1]].dataset.is,
  d: `M${line.slice(3)}h0`, // with "h0" a dot is a line to itself, and shows
});
const follow = () => live.replaceChildren(...lines().map(drawn));

// Stickers stand where the server draws them (services/child/drawing_images.py), two in one spot a
// little aside.
const show = () => {
  const used = Array(9).fill(0);
  done.replaceChildren(...boxes.filter((box) => box.checked).map(({ value }) => {
    const spot = form[`at_${value}`]?.value;
    const before = used[spot]++;
    const x = Math.min(59 + spot % 3 * 333 + before * 60, 784);
    const y = Math.min(17 + (spot / 3 | 0) * 250 + before * 15, 534);
    const transform = spot ? `translate(${x} ${y}) scale(4.5)` : "";
    return made("use", { href: `#drawn-${value}`, transform });
  }), ...strokes.map(drawn));
  follow();
  undo.ariaDisabled = !past.length;
  say(isFull() ? "full" : "none");
};

const become = (next) => {
  [strokes, ticked] = next;
  boxes.forEach((box, at) => { box.checked = ticked[at]; });
  field.value = strokes.join(";");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  show();
};

const change = (...next) => {
  past.push([strokes, ticked]);
  become(next);
};

const place = ({ offsetX, offsetY }) => {
  const inside = (at, end) => Math.round(Math.max(0, Math.min(at * 1000 / paper.clientWidth, end)));
  return [inside(offsetX, 1000), inside(offsetY, 750)]; // the paper is 1000 by 750 units
};

// Whatever ends a line, what is seen of it stays: the finger leaves, the device takes it away, Next.
const end = ({ pointerId }) => {
  const begin = begun.get(pointerId);
  if (begun.delete(pointerId)) change([...strokes, begin.line], ticked);
};

paper.onpointerdown = (event) => {
  const { pointerType: by, width, height } = event;
  // a hand that rests: too wide for a finger (pixels), or beside a pen that draws
  if (event.button || (by === "touch" && (Math.max(width, height) > 100 ||
    [...begun.values()].some((other) => other.by === "pen")))) return;
  end(event); // of which we never heard the end
  if (isFull()) return say("full");
  const at = place(event);
  const line = `${form.ink.value}${form.pen.value}:${at}`;
  begun.set(event.pointerId, { line, at, by });
  follow();
  paper.setPointerCapture(event.pointerId);
};
paper.onpointermove = (event) => {
  const begin = begun.get(event.pointerId);
  if (!begin) return;
  const [x, y] = place(event);
  if (Math.hypot(begin.at[0] - x, begin.at[1] - y) < 3) return; // units: a smaller move is none
  if (isFull()) return end(event); // and says so
  begin.at = [x, y];
  begin.line += ` ${x},${y}`;
  follow();
};
paper.onlostpointercapture = end; // which follows a pointer that is lifted or taken away
form.addEventListener("submit", () => [...begun.keys()].forEach((pointerId) => end({ pointerId })));

undo.onclick = () => {
  if (past.length) become(past.pop());
  say("undone");
};
board.querySelector("[data-again]").onclick = () => {
  change([], boxes.map(() => false));
  say("empty");
};
document.querySelector("#stickers").onchange = () => change(strokes, ticks());

board.hidden = false;
show();
