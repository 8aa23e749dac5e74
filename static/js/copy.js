// The secret words as text, for a place of the child's own. The button shows once it works; where a
// browser says no after all, the words are picked out, to be copied by hand.

import "./child.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  const slip = document.querySelector(".slip");
  button.hidden = !navigator.clipboard;
  button.onclick = () => navigator.clipboard.writeText(slip.innerText.match(/\w+/g).join(" ")).then(
    () => { button.nextElementSibling.textContent = button.dataset.copy; },
    () => getSelection().selectAllChildren(slip));
}
