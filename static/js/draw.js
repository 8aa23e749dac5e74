// Drawing by finger, pen or mouse. It goes along as points; the server draws it again.

import "./child.js";

const board = document.querySelector("[data-board]");
const field = document.querySelector("[name=strokes]");
const status = board.querySelector("[role=status]");
const canvas = board.querySelector("canvas");
const pen = canvas.getContext("2d");
const most = board.dataset;
const NEAR = 3; // units: a smaller move is none

const read = (text) => (text ? text.split(";") : []).map((stroke) => {
  const [how, points] = stroke.split(":");
  return { how, points: points.split(" ").map((each) => each.split(",").map(Number)) };
});
const chosen = (name) => board.querySelector(`[name=${name}]:checked`).value;
const meaning = (id) => board.querySelector(`#${id}`).dataset.is;
const far = ([x, y], [a, b]) => Math.abs(x - a) + Math.abs(y - b);

let strokes = read(field.value);
let past = strokes.map((_, at) => strokes.slice(0, at)); // for Undo
let line = null; // while it is drawn

const paint = ({ how, points }) => {
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = meaning(`ink-${how[0]}`);
  pen.lineWidth = meaning(`pen-${how[1]}`);
  pen.beginPath();
  pen.moveTo(points[0][0] - 0.1, points[0][1]); // a dot shows
  for (const point of points) pen.lineTo(...point);
  pen.stroke();
};

const full = () => strokes.length >= most.strokes ||
  [...strokes, line].flatMap((each) => each?.points ?? []).length >= most.points;

const show = () => {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  strokes.forEach(paint);
  status.textContent = full() ? status.dataset.full : status.dataset.lines.replace("#", strokes.length);
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

canvas.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button || full()) return;
  canvas.setPointerCapture(event.pointerId);
  line = { how: chosen("ink") + chosen("pen"), points: [place(event)] };
  paint(line);
});
canvas.addEventListener("pointermove", (event) => {
  if (!line || !event.isPrimary || full()) return;
  const next = place(event);
  if (far(line.points.at(-1), next) < NEAR) return;
  line.points.push(next);
  paint({ ...line, points: line.points.slice(-2) });
});
canvas.addEventListener("lostpointercapture", () => {
  past.push(strokes);
  const drawn = line;
  line = null;
  become([...strokes, drawn]);
});
board.querySelector("[data-undo]").addEventListener("click", () => become(past.pop() ?? []));
board.querySelector("[data-again]").addEventListener("click", () => {
  past.push(strokes);
  become([]);
});

document.querySelector("[data-fold]")?.removeAttribute("open");
board.hidden = false;
show();
