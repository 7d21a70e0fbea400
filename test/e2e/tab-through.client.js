// Runs in the page under test, for tab-through.ts. While a dialog is open, controls behind it cannot be reached.
{
  const reached = new Set();
  const reachable = document.querySelector("dialog:modal") ?? document.body;
  const controls = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary";

  /** Resets the focus, so that the next Tab starts at the top of the page. */
  globalThis.startAtTop = () => {
    reachable.tabIndex = -1;
    reachable.focus();
    reachable.removeAttribute("tabindex");
  };

  /** Returns the focused control and whether its focus is visible; null if the focus left the page or started again. */
  globalThis.noteStop = () => {
    const element = document.activeElement;
    if (element === null || element === document.body || reached.has(element)) return null;
    for (const one of groupOf(element)) reached.add(one);
    const outlined = [element, element.closest("label")].some((shown) => {
      const style = shown && getComputedStyle(shown);
      return style && style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    });
    const { top, bottom, width } = element.getBoundingClientRect();
    const onScreen = bottom > 0 && top < innerHeight && width > 0;
    return { html: describe(element), seen: outlined && onScreen };
  };

  globalThis.listUnreached = () =>
    Array.from(reachable.querySelectorAll(controls))
      .filter((element) => element.checkVisibility() && !reached.has(element))
      .map(describe);

  /** Tab stops at one radio button of a group; the arrow keys lead from it to the others. */
  function groupOf(element) {
    if (element.type !== "radio") return [element];
    return [...element.form.elements].filter(({ type, name }) => type === "radio" && name === element.name);
  }

  function describe(element) {
    return element.outerHTML.slice(0, 120);
  }
}
