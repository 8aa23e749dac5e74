// A code for a phone does not stay on the screen. Without this it stays until the page is left.

for (const shown of document.querySelectorAll("[data-hide-after]")) {
  setTimeout(() => {
    shown.remove();
    const after = document.querySelector("[data-hidden-now]");
    after.hidden = false;
    after.focus();
  }, shown.dataset.hideAfter * 1000);
}
