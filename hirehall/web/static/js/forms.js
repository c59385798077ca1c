/* Comfort for forms: what is left to type, what a fee leaves, growing text, one send only, a word before leaving. */

function countRoom(field) {
  const line = document.getElementById(field.dataset.counts);
  const most = Number(field.getAttribute("maxlength"));
  if (!line || !most) return;
  /* The browser would cut pasted text in silence; show how much is too much instead. */
  field.removeAttribute("maxlength");
  const show = () => {
    const left = most - [...field.value].length;
    line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("text-error", left < 0);
  };
  field.addEventListener("input", show);
  show();
}

function grow(field) {
  if (CSS.supports("field-sizing", "content")) {
    field.style.fieldSizing = "content";
    field.style.maxHeight = "70vh";
    return;
  }
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight * 0.7)}px`;
  };
  field.addEventListener("input", fit);
}

/* Amounts are read as the server reads them: the last mark is the decimal one unless it groups three digits. */
export function readMinor(text, digits) {
  const whole = 10 ** digits;
  const plain = text.replace(/[\s'’\u00a0\u202f_]/g, "");
  if (!/^\d[\d.,]*$/.test(plain)) return null;
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const tail = last < 0 ? "" : plain.slice(last + 1);
  const mark = plain[last], head = plain.slice(0, last);
  const grouped = tail.length === 3 && (mark === "." ? /^[1-9]\d{0,2}(\.\d{3})*$/ : /^[1-9]\d{0,2}(,\d{3})*$/).test(head);
  if (last < 0 || (grouped && (digits !== 3 || head.includes(mark)))) return Number(plain.replace(/[.,]/g, "")) * whole;
  if (tail.length > digits || head.includes(mark) || (grouped && mark === ",")) return null;
  return Number(head.replace(/[.,]/g, "")) * whole + Number(tail.padEnd(digits, "0"));
}

function showAfterFee(field) {
  const line = document.getElementById(field.dataset.after);
  if (!line) return;
  const resting = line.textContent;
  const digits = Number(field.dataset.digits);
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const write = (minor) => line.dataset.sign.replace(/(\p{L})$/u, "$1\u00a0") + (minor / 10 ** digits).toLocaleString(document.documentElement.lang, fraction);
  const show = () => {
    const gross = readMinor(field.value, digits);
    if (!gross) return void (line.textContent = resting);
    const fee = Math.floor((gross * Number(field.dataset.fee) + 5000) / 10000);
    line.textContent = line.dataset.text.replace("{net}", write(gross - fee)).replace("{fee}", write(fee));
  };
  field.addEventListener("input", show);
  show();
}

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    delete form.dataset.changed;
    event.submitter?.setAttribute("aria-disabled", "true");
    event.submitter?.classList.add("opacity-60");
  });
  /* htmx keeps the page: the form may be sent again once the answer is there. */
  form.addEventListener("htmx:afterRequest", () => delete form.dataset.sent);
}

function warnBeforeLeaving(form) {
  form.addEventListener("input", () => (form.dataset.changed = "1"));
}

function showNames(area) {
  const input = area.querySelector("input[type=file]");
  const list = area.querySelector("[data-names]");
  const show = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.className = "rounded-full bg-base-content/8 px-2.5 py-0.5 text-xs font-medium";
        item.textContent = file.name;
        return item;
      }),
    );
  };
  input.addEventListener("change", show);
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.dataset.over = "1";
  });
  area.addEventListener("dragleave", () => delete area.dataset.over);
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    delete area.dataset.over;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const started = new WeakSet();
function each(root, selector, start) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.push(root);
  for (const element of found) {
    if (started.has(element)) continue;
    started.add(element);
    start(element);
  }
}

export function startForms(root) {
  each(root, "form[data-once]", sendOnce);
  each(root, "form[data-warn]", (form) => warnBeforeLeaving(form));
  each(root, "[data-drop]", showNames);
  each(root, "[data-counts], [data-grows], [data-fee]", (field) => {
    if (field.dataset.counts) countRoom(field);
    if (field.tagName === "TEXTAREA") grow(field);
    if (field.dataset.fee) showAfterFee(field);
  });
  each(root, "[data-focus-me]", (summary) => summary.focus());
}

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-warn][data-changed]")) event.preventDefault();
});
/* Back from the history: the form is fresh again. */
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
