// A page that tells how far something is: its part marked data-refresh is fetched again, until there is nothing more to wait for.
// Without this script the page reloads itself.
"use strict";
(() => {
  const part = document.querySelector("[data-refresh]");
  const again = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-refresh]");
    if (!fresh) {
      location.reload(); // it is at its end: the same address is the receipt now
      return;
    }
    part.replaceChildren(...fresh.childNodes);
    wait(fresh.dataset.refresh);
  };
  const wait = (seconds) => {
    if (seconds !== "no") setTimeout(() => again().catch(() => wait("10")), 1000 * Number(seconds));
  };
  if (part) wait(part.dataset.refresh);
})();
