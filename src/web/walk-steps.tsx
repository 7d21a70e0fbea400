import { Icon } from "./icon.tsx";

const steps = ["Account", "Register", "Allow", "Ōura"] as const;

export function WalkSteps({ current }: { current: (typeof steps)[number] }) {
  const at = steps.indexOf(current);
  return (
    <ol class="steps" aria-label="Steps until your assistant can answer">
      {steps.map((step, index) => (
        <li class={index < at ? "done" : undefined} aria-current={index === at ? "step" : undefined}>
          <span aria-hidden="true">{index < at ? <Icon name="check" /> : index + 1}</span>
          {step}
        </li>
      ))}
    </ol>
  );
}
