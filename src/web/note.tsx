import type { Child } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";

type Tone = "info" | "done" | "warning" | "problem";

const icons: Readonly<Record<Tone, IconName>> = { info: "info", done: "check", warning: "warning", problem: "warning" };

/** Set `role` when the note reacts to what the person has just done, so that screen readers announce it. */
export function Note({
  tone = "info",
  role,
  id,
  children,
}: {
  tone?: Tone;
  role?: "status" | "alert";
  id?: string;
  children?: Child;
}) {
  return (
    <div class={`note ${tone}`}>
      <Icon name={icons[tone]} />
      <div role={role} id={id}>
        {children}
      </div>
    </div>
  );
}
