// Turns notices on in this browser: asks for leave, has the browser make its address and keys, and sends them with
// the form around the button. What it can't do it says instead of the button.
"use strict";
(() => {
  const area = document.querySelector("[data-push]");
  if (!area) return;
  const form = area.querySelector("form");
  const said = area.querySelector("[data-said]");

  function say(text, isError = false) {
    said.textContent = text;
    said.classList.toggle("text-error", isError);
    said.hidden = !text;
  }

  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  async function subscribe() {
    const registration = await navigator.serviceWorker.register(area.dataset.worker);
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(area.dataset.key) };
    const old = await registration.pushManager.getSubscription();
    try {
      return await registration.pushManager.subscribe(wanted);
    } catch (error) {
      /* One made for another key, as after a change of the market's secret, is in the way. */
      if (!old || error.name !== "InvalidStateError") throw error;
      await old.unsubscribe();
      return registration.pushManager.subscribe(wanted);
    }
  }

  async function turnOn() {
    if ((await Notification.requestPermission()) !== "granted") return show();
    say(area.dataset.asking);
    try {
      const { endpoint, keys } = (await subscribe()).toJSON();
      Object.assign(form.elements.endpoint, { value: endpoint });
      Object.assign(form.elements.p256dh, { value: keys.p256dh });
      Object.assign(form.elements.auth, { value: keys.auth });
      form.submit();
    } catch {
      say(area.dataset.failed, true);
    }
  }

  async function isOn() {
    const registration = await navigator.serviceWorker.getRegistration(area.dataset.worker);
    const held = await registration?.pushManager.getSubscription();
    return Boolean(held) && JSON.parse(area.dataset.endpoints).includes(held.endpoint);
  }

  async function show() {
    const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
    const isDenied = isAble && Notification.permission === "denied";
    const on = isAble && !isDenied && (await isOn());
    form.hidden = !isAble || isDenied || on;
    say(!isAble ? area.dataset.unable : isDenied ? area.dataset.denied : on ? area.dataset.on : "");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    turnOn();
  }, { capture: true });
  show();
})();
