import { at, objectAt } from "./is-object.ts";

/** Applies the host's theme, style variables and insets. Where the host sets none, the view's own style stays. */
export function applyHostStyle(context: Record<string, unknown>): void {
  const { style } = document.documentElement;
  const { theme } = context;
  if (theme === "light" || theme === "dark") style.colorScheme = theme;
  for (const [name, value] of Object.entries(objectAt(context, "styles", "variables"))) {
    if (name.startsWith("--") && typeof value === "string") style.setProperty(name, value);
  }
  for (const side of ["top", "right", "bottom", "left"]) {
    const inset = at(context, "safeAreaInsets", side);
    if (typeof inset === "number") style.setProperty(`--inset-${side}`, `${inset}px`);
  }
}
