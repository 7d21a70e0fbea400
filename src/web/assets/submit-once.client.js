// A double click sends a form once: the second answer would only say that the first was used up. After ten seconds, or
// when the person comes back to the page, the form may be sent again.
const sent = new Map();
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const before = sent.get(event.target) ?? Number.NEGATIVE_INFINITY;
  if (event.timeStamp - before < 10_000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});
addEventListener("pageshow", () => sent.clear());
