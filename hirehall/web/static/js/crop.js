// The crop box of a photo: draws the chosen picture with a square over it and writes x, y and size in its pixels.
// Pointer, arrow keys and a slider move it; without this script the server keeps the middle.
"use strict";
(() => {
  const STEP = 0.02;

  function start(input) {
    const form = input.form;
    const box = form.querySelector("[data-crop-box]");
    if (!box || input.dataset.ready) return;
    input.dataset.ready = "1";
    const canvas = box.querySelector("[data-crop-canvas]");
    const range = box.querySelector("[data-crop-range]");
    const outputs = ["x", "y", "size"].map((name) => form.querySelector(`[data-crop-${name}]`));
    const state = { picture: null, x: 0, y: 0, size: 0, scale: 1 };

    function draw() {
      const { picture, scale } = state;
      const pen = canvas.getContext("2d");
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      pen.fillStyle = "rgba(0, 0, 0, 0.55)";
      const [x, y, size] = [state.x * scale, state.y * scale, state.size * scale];
      pen.beginPath();
      pen.rect(0, 0, canvas.width, canvas.height);
      pen.rect(x, y, size, size);
      pen.fill("evenodd");
      pen.strokeStyle = "#fff";
      pen.lineWidth = 2;
      pen.strokeRect(x + 1, y + 1, size - 2, size - 2);
      pen.beginPath();
      pen.arc(x + size / 2, y + size / 2, size / 2 - 1, 0, 7);
      pen.stroke();
    }

    function place(x, y, size) {
      const { picture } = state;
      state.size = Math.max(Math.min(size, picture.naturalWidth, picture.naturalHeight), 1);
      state.x = Math.min(Math.max(0, x), picture.naturalWidth - state.size);
      state.y = Math.min(Math.max(0, y), picture.naturalHeight - state.size);
      [state.x, state.y, state.size].forEach((value, i) => { outputs[i].value = Math.round(value); });
      draw();
    }

    function resize(share) {
      const full = Math.min(state.picture.naturalWidth, state.picture.naturalHeight);
      const size = full * share;
      place(state.x + (state.size - size) / 2, state.y + (state.size - size) / 2, size);
    }

    function load() {
      const file = input.files[0];
      outputs.forEach((field) => { field.value = ""; });
      box.classList.add("hidden");
      if (!file || !file.type.startsWith("image/")) return;
      const picture = new Image();
      picture.onload = () => {
        state.picture = picture;
        const width = Math.min(picture.naturalWidth, 440, box.parentElement.clientWidth || 440);
        state.scale = width / picture.naturalWidth;
        canvas.width = width;
        canvas.height = Math.round(picture.naturalHeight * state.scale);
        box.classList.remove("hidden");
        range.value = 100;
        const side = Math.min(picture.naturalWidth, picture.naturalHeight);
        place((picture.naturalWidth - side) / 2, (picture.naturalHeight - side) / 2, side);
      };
      picture.src = URL.createObjectURL(file);
    }

    let held = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (!state.picture) return;
      canvas.setPointerCapture(event.pointerId);
      held = { px: event.clientX, py: event.clientY, x: state.x, y: state.y };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) return;
      const shown = canvas.getBoundingClientRect().width / state.picture.naturalWidth;
      place(held.x + (event.clientX - held.px) / shown, held.y + (event.clientY - held.py) / shown, state.size);
    });
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { held = null; });
    canvas.addEventListener("keydown", (event) => {
      if (!state.picture) return;
      const step = STEP * Math.min(state.picture.naturalWidth, state.picture.naturalHeight);
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (moves[event.key]) place(state.x + moves[event.key][0], state.y + moves[event.key][1], state.size);
      else if (event.key === "+" || event.key === "-") {
        range.value = Number(range.value) + (event.key === "+" ? 5 : -5);
        resize(range.value / 100);
      } else return;
      event.preventDefault();
    });
    range.addEventListener("input", () => resize(range.value / 100));
    input.addEventListener("change", load);
    if (input.files.length) load();
  }

  const find = (root) => root.querySelectorAll('[data-crop="photo"]').forEach(start);
  find(document);
  document.addEventListener("htmx:afterSwap", () => find(document));
})();
