/* Opens questions as real dialogs (focus stays inside, Escape closes); without scripts :target shows them. */
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.opens)?.showModal();
    } else if (closer) {
      event.preventDefault();
      document.getElementById(closer.dataset.closes)?.close();
    } else if (event.target.matches("dialog[open]")) {
      event.target.close();
    }
  });
  /* A form that came back with a refusal: shown open by its class, and made a real dialog here. */
  for (const dialog of document.querySelectorAll("dialog[data-open-now]")) {
    dialog.classList.remove("modal-open");
    dialog.showModal();
  }
  /* A link that plays a button also takes the space bar. */
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
  });
}
