import { z } from "zod";
import { allScopes } from "../../../sandbox/scopes.ts";
import { rowsOf, textIn } from "../answers.ts";
import { highest, numberOf, textOf } from "../read-documents.ts";
import type { Task } from "../task.ts";

const rings = z.object({ rings: z.array(z.object({ model: z.string(), set_up_on: z.string().nullable() })) });
const battery = z.object({ battery: z.object({ level_pct: z.number() }) });

export const accountTasks: readonly Task[] = [
  {
    question: "Which generation is the ring I wear now, and since when?",
    person: "two_rings",
    async rightValue(people) {
      const held = await people.held("two_rings", "ring_configuration");
      const newest = highest(held, (ring) => Date.parse(textOf(ring, "set_up_at")));
      return `${textOf(newest, "hardware_type")} since ${textOf(newest, "set_up_at").slice(0, 10)}`;
    },
    async solve(assistant) {
      const [newest] = rings.parse(await assistant.call("oura_get_device")).rings;
      return newest ? `${newest.model} since ${newest.set_up_on}` : null;
    },
  },
  {
    question: "How full is the battery?",
    person: "everyday",
    async rightValue(people) {
      const window = { start: "2026-11-19T00:00:00Z", end: "2026-11-20T20:00:00Z" };
      return numberOf((await people.held("everyday", "ring_battery_level", window)).at(-1), "level");
    },
    solve: async (assistant) => battery.parse(await assistant.call("oura_get_device")).battery.level_pct,
  },
  {
    question: "Which kinds of my data have I not allowed you to read?",
    person: "everyday",
    scopes: ["daily", "heartrate", "ring_configuration"],
    async rightValue() {
      // Nobody needs the e-mail address, so it is never asked for.
      const answered: readonly string[] = ["daily", "heartrate", "ring_configuration", "email"];
      const others = allScopes().filter((name) => !answered.includes(name));
      return others.toSorted().join(", ");
    },
    async solve(assistant) {
      const rows = rowsOf(await assistant.call("oura_get_permissions"));
      const closed = rows.filter((row) => row.granted_by_oura === "no" || row.allowed_for_this_assistant === "no");
      return closed
        .map((row) => textIn(row, "permission"))
        .toSorted()
        .join(", ");
    },
  },
];
