/* Shows a notice that arrives while the market is closed, and opens it. Kept by the browser, apart from any page. */

async function show(notice) {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  /* Whoever looks at the market sees the bell. */
  if (windows.some((one) => one.focused)) return;
  /* With the same tag, a notice that comes twice stands there once. */
  await registration.showNotification(notice.title, { body: notice.body, tag: notice.tag });
}

self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  /* The address that marks the notice read and leads on: below that of this script. */
  event.waitUntil(clients.openWindow(new URL(`${event.notification.tag}/`, registration.scope)));
});
