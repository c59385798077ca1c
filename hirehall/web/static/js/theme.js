/* Changes the colours without a round trip; the cookie tells the server for the next page. */
const NAMES = { light: "hirehall", dark: "hirehall-dark" };

export function startTheme() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-form]");
    const chosen = event.submitter?.value;
    if (!form || !chosen) return;
    event.preventDefault();
    if (NAMES[chosen]) document.documentElement.dataset.theme = NAMES[chosen];
    else delete document.documentElement.dataset.theme;
    for (const button of form.querySelectorAll("button[name=theme]"))
      button.setAttribute("aria-pressed", String(button.value === chosen));
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  });
}
