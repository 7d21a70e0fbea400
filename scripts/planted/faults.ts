import { accessFaults } from "./access-faults.ts";
import { accountFaults } from "./account-faults.ts";
import { answerFaults } from "./answer-faults.ts";
import { grantFaults } from "./grant-faults.ts";
import { limitFaults } from "./limit-faults.ts";
import { ouraFaults } from "./oura-faults.ts";
import { placeFaults } from "./place-faults.ts";
import type { PlantedFault } from "./plant-fault.ts";
import { requestFaults } from "./request-faults.ts";
import { spendingFaults } from "./spending-faults.ts";
import { statisticsFaults } from "./statistics-faults.ts";

/** Every fault there is. Each breaks one promise, and each has a test that notices. */
export const faults: readonly PlantedFault[] = [
  ...accessFaults,
  ...accountFaults,
  ...grantFaults,
  ...requestFaults,
  ...spendingFaults,
  ...ouraFaults,
  ...placeFaults,
  ...answerFaults,
  ...limitFaults,
  ...statisticsFaults,
];
