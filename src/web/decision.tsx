import type { Child } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";

interface DecisionProps {
  icon: IconName;
  heading: string;
  children?: Child;
}

export function Decision({ icon, heading, children }: DecisionProps) {
  return (
    <div class="card decision">
      <span class={icon === "warning" ? "tile caution" : "tile"}>
        <Icon name={icon} />
      </span>
      <h1>{heading}</h1>
      {children}
    </div>
  );
}

export function Choices({ children }: { children?: Child }) {
  return <div class="actions">{children}</div>;
}

/** The only choice on a page that says why something was not done. */
export function BackToPanel() {
  return (
    <Choices>
      <a class="button" href="/panel">
        Go to your MCP server
      </a>
    </Choices>
  );
}
