/* Starts what the page needs. Everything here adds comfort; every form and menu works without it. */
import { startDialogs } from "./dialog.js";
import { startForms } from "./forms.js";
import { startTags } from "./tags.js";
import { startTheme } from "./theme.js";

document.documentElement.classList.add("js");

/* Small menus close when one clicks elsewhere or presses Escape. */
function startMenus() {
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

/* Messages at the foot leave by themselves, unless one points at them or has the focus in them. */
function startFlash() {
  const region = document.getElementById("flash");
  if (!region) return;
  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest("[role=status]").remove();
  });
  for (const message of region.querySelectorAll("[data-leaves]")) {
    const leave = () => {
      if (message.matches(":hover, :focus-within")) return setTimeout(leave, 2000);
      message.classList.add("toast-leave");
      setTimeout(() => message.remove(), 400);
    };
    setTimeout(leave, Number(message.dataset.leaves));
  }
}

function say(text) {
  const region = document.getElementById("flash");
  const line = document.createElement("p");
  line.className = "pointer-events-auto rounded-field bg-neutral px-4 py-3 text-sm text-neutral-content shadow-lg";
  line.setAttribute("role", "status");
  line.textContent = text;
  region.append(line);
  setTimeout(() => line.remove(), 8000);
}

/* A row of tabs that is wider than the screen begins where its own page stands. */
function startTabs() {
  for (const row of document.querySelectorAll("[data-tabs]")) {
    const here = row.querySelector("[aria-current]");
    if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
}

startMenus();
startTabs();
startFlash();
startTheme();
startDialogs();
startForms(document);
startTags(document);
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
  document.addEventListener(name, () => say(document.body.dataset.failed));
document.addEventListener("htmx:load", (event) => {
  startForms(event.detail.elt);
  startTags(event.detail.elt);
});
