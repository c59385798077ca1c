// Guesses the time zone from the browser: fills the hidden field of the sign-up, offers it in the settings.
"use strict";
(() => {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!guess) return;
  for (const field of document.querySelectorAll('[data-guess="time-zone"]')) if (!field.value) field.value = guess;
  const field = document.querySelector('[data-offer="time-zone"]');
  const place = document.querySelector("[data-zone-offer]");
  if (field && place && field.value !== guess) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "textlink cursor-pointer";
    button.textContent = place.dataset.text.replace("%zone%", guess);
    button.addEventListener("click", () => {
      field.value = guess;
      place.hidden = true;
    });
    place.append(button);
    place.classList.remove("hidden");
  }
  for (const one of document.querySelectorAll("[data-select]")) one.addEventListener("focus", () => one.select());
})();
