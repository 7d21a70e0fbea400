import { AppError } from "../../src/errors.ts";
import { type CallCost, createAssistant } from "./assistant.ts";
import { createSyntheticPeople } from "./synthetic-people.ts";
import { isRight, type Task, type Value } from "./task.ts";

export interface Outcome {
  task: Task;
  right: Value;
  found: Value;
  isRight: boolean;
  costs: readonly CallCost[];
}

/** Each task with an assistant of its own: nothing is remembered from one to the next. */
export async function runTasks(tasks: readonly Task[]): Promise<Outcome[]> {
  const people = createSyntheticPeople();
  const outcomes: Outcome[] = [];
  for (const task of tasks) {
    const right = await task.rightValue(people);
    const assistant = await createAssistant(people, task.person, task.scopes);
    const found = await task.solve(assistant).catch(sayFailure);
    outcomes.push({ task, right, found, isRight: isRight(found, right, task.tolerance), costs: assistant.costs });
  }
  return outcomes;
}

/** A task that cannot be solved is a wrong answer with its reason, and the other tasks go on. */
function sayFailure(error: unknown): string {
  if (error instanceof AppError) return `failed: ${error.failure.kind}`;
  return `failed: ${error instanceof Error ? error.message.slice(0, 80) : "unknown"}`;
}
