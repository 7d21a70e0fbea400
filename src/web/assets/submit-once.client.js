// Prevents a form from being sent twice, because the second answer would only say that the form was already submitted.
// After ten seconds, or when the person returns to the page, the form can be sent again.
const sent = new Map();
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const before = sent.get(event.target) ?? Number.NEGATIVE_INFINITY;
  if (event.timeStamp - before < 10_000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});
addEventListener("pageshow", () => sent.clear());
