// Drawing by finger, pen or mouse. It goes along as points; the server draws it again.

import "./child.js";

const board = document.querySelector("[data-board]");
const field = document.querySelector("[name=strokes]");
const status = board.querySelector("[role=status]");
const canvas = board.querySelector("canvas");
const pen = canvas.getContext("2d");
const most = board.dataset;
const NEAR = 3; // units: a smaller move is none
const PALM = 100; // pixels across: no finger touches so much

const read = (text) => (text ? text.split(";") : []).map((stroke) => {
  const [how, points] = stroke.split(":");
  return { how, points: points.split(" ").map((each) => each.split(",").map(Number)) };
});
const chosen = (name) => board.querySelector(`[name=${name}]:checked`).value;
const meaning = (id) => board.querySelector(`#${id}`).dataset.is;
const far = ([x, y], [a, b]) => Math.abs(x - a) + Math.abs(y - b);

let strokes = read(field.value);
let past = strokes.map((_, at) => strokes.slice(0, at)); // for Undo
const begun = new Map(); // lines while they are drawn, each by the pointer that began it

const paint = ({ how, points }) => {
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = meaning(`ink-${how[0]}`);
  pen.lineWidth = meaning(`pen-${how[1]}`);
  pen.beginPath();
  pen.moveTo(points[0][0] - 0.1, points[0][1]); // a dot shows
  for (const point of points) pen.lineTo(...point);
  pen.stroke();
};

const all = () => [...strokes, ...begun.values()];
const isFull = () => all().length >= most.strokes ||
  all().reduce((sum, { points }) => sum + points.length, 0) >= most.points;

const say = () => {
  status.textContent = isFull() ? status.dataset.full : status.dataset.lines.replace("#", strokes.length);
};

const show = () => {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  all().forEach(paint);
  say();
};

const become = (next) => {
  strokes = next;
  field.value = strokes.map(({ how, points }) => `${how}:${points.join(" ")}`).join(";");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  show();
};

const place = ({ offsetX, offsetY }) => {
  const scale = canvas.width / canvas.clientWidth;
  const inside = (at, end) => Math.max(0, Math.min(Math.round(at * scale), end));
  return [inside(offsetX, canvas.width), inside(offsetY, canvas.height)];
};

// A hand that rests: too wide for a finger, or beside a pen that draws.
const rests = ({ pointerType, width, height }) => pointerType === "touch" &&
  (Math.max(width, height) > PALM || [...begun.values()].some(({ by }) => by === "pen"));

// Whatever ends a line, what is seen of it stays: the finger leaves, the device takes it away, Next.
const end = (pointer) => {
  const line = begun.get(pointer);
  if (!begun.delete(pointer)) return;
  past.push(strokes);
  become([...strokes, line]);
};

canvas.addEventListener("pointerdown", (event) => {
  if (event.button || rests(event)) return;
  end(event.pointerId); // of which we never heard the end
  if (isFull()) return say();
  const line = { how: chosen("ink") + chosen("pen"), points: [place(event)], by: event.pointerType };
  begun.set(event.pointerId, line);
  paint(line);
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => {
  const line = begun.get(event.pointerId);
  if (!line) return;
  const next = place(event);
  if (far(line.points.at(-1), next) < NEAR) return;
  if (isFull()) return end(event.pointerId); // and says so
  line.points.push(next);
  paint({ ...line, points: line.points.slice(-2) });
});
for (const over of ["pointerup", "pointercancel", "lostpointercapture"]) {
  canvas.addEventListener(over, (event) => end(event.pointerId));
}
field.form.addEventListener("submit", () => [...begun.keys()].forEach(end));
board.querySelector("[data-undo]").addEventListener("click", () => become(past.pop() ?? []));
board.querySelector("[data-again]").addEventListener("click", () => {
  past.push(strokes);
  become([]);
});

document.querySelector("[data-fold]")?.removeAttribute("open");
board.hidden = false;
show();
