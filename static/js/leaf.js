// The words stand on the leaf while they are written.

import "./child.js";

const words = document.querySelector("[name=words]");
const written = document.querySelector("[data-words]");
const show = () => { written.textContent = words.value; };

words.addEventListener("input", show);
show();
