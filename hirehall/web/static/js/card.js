/* Cards at the payment company: its own frame takes the number, and the bank's questions are answered there.

   Our form carries only what the entry is called. The script of the company (Stripe.js) is loaded by the page. */

const inks = () => {
  const style = getComputedStyle(document.body);
  return { base: { color: style.color, fontFamily: "system-ui, sans-serif", fontSize: "16px", "::placeholder": { color: "#8a8f98" } } };
};

function company(form) {
  if (window.Stripe) return window.Stripe(form.dataset.publicKey);
  tell(form, form.dataset.missing);
  form.querySelector("[data-card-send]").disabled = true;
  return null;
}

function tell(form, text) {
  form.querySelector("[data-card-problem]").textContent = text || "";
}

/* One at a time, with a word on what happens; back to what it was when it failed. */
async function busily(form, work) {
  const button = form.querySelector("[data-card-send]");
  const resting = button.textContent;
  tell(form, "");
  button.disabled = true;
  button.textContent = button.dataset.busy;
  try {
    await work();
    return true;
  } catch (problem) {
    tell(form, (problem && problem.message) || form.dataset.failed);
    button.disabled = false;
    button.textContent = resting;
    return false;
  }
}

async function begin(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.begin, { method: "POST", headers: { "X-CSRFToken": token } });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.message || form.dataset.failed);
  return told;
}

function startEntry(form) {
  const stripe = company(form);
  if (!stripe) return;
  const card = stripe.elements().create("card", { style: inks(), hidePostalCode: true });
  card.mount(form.querySelector("[data-card-entry]"));
  card.on("change", () => tell(form, ""));
  form.addEventListener(
    "submit",
    async (event) => {
      if (form.elements.entry.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const entered = await busily(form, async () => {
        const entry = await begin(form);
        const outcome = await stripe.confirmCardSetup(entry.secret, { payment_method: { card } });
        if (outcome.error) throw outcome.error;
        form.elements.entry.value = entry.id;
      });
      if (entered) form.submit();
    },
    { capture: true },
  );
}

function startConfirmation(form) {
  const stripe = company(form);
  if (!stripe) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { secret, card } = form.dataset;
    const confirmed = await busily(form, async () => {
      const outcome = await stripe.confirmCardPayment(secret, card ? { payment_method: card } : undefined);
      if (outcome.error) throw outcome.error;
    });
    if (confirmed) form.submit();
  });
}

document.querySelectorAll("[data-card-form]").forEach(startEntry);
document.querySelectorAll("[data-confirm-form]").forEach(startConfirmation);
