/* Turns a comma list into chips. The list itself stays in the field's place as a hidden value, so the server
   reads the same thing with and without scripts. */

function startOne(area) {
  const field = area.querySelector("input[name]");
  const chips = area.querySelector("[data-chips]");
  const said = area.querySelector("[data-said]");
  const most = Number(area.dataset.most);
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = field.name;
  field.removeAttribute("name");
  field.after(kept);
  let tags = split(field.value);
  field.value = "";

  function split(text) {
    return text.split(",").map((tag) => tag.trim()).filter(Boolean);
  }

  function draw() {
    kept.value = tags.join(", ");
    chips.replaceChildren(...tags.map(chip));
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function chip(tag, index) {
    const item = document.createElement("li");
    item.className = "flex items-center gap-1 rounded-full bg-primary/12 py-0.5 ps-3 pe-1 text-sm font-medium text-primary";
    item.append(tag);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "grid size-6 cursor-pointer place-items-center rounded-full hover:bg-primary/15";
    button.setAttribute("aria-label", area.dataset.remove.replace("{tag}", tag));
    button.textContent = "×";
    button.addEventListener("click", () => {
      tags.splice(index, 1);
      draw();
      field.focus();
    });
    item.append(button);
    return item;
  }

  function add(text) {
    for (const tag of split(text)) {
      if (tags.length >= most) {
        said.textContent = area.dataset.full;
        break;
      }
      if (!tags.some((held) => held.toLowerCase() === tag.toLowerCase())) tags.push(tag);
    }
    field.value = "";
    draw();
  }

  field.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === ",") && field.value.trim()) {
      event.preventDefault();
      add(field.value);
    } else if (event.key === "Backspace" && !field.value && tags.length) {
      tags.pop();
      draw();
    }
  });
  /* Chosen from the suggestions, or left with something typed. */
  field.addEventListener("change", () => field.value.trim() && add(field.value));
  field.form?.addEventListener("submit", () => field.value.trim() && add(field.value), { capture: true });
  draw();
}

const started = new WeakSet();
export function startTags(root) {
  for (const area of root.querySelectorAll("[data-tags]")) {
    if (started.has(area)) continue;
    started.add(area);
    startOne(area);
  }
}
