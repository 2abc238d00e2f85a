import * as aws from "@pulumi/aws";
import type { Stage } from "./stage.ts";

/** Warns before the end of the month. Traffic costs more than machines and is easy to miss. */
export function createBudget(stage: Stage, limitUsd: number, email: string): void {
  const tell = (notificationType: "ACTUAL" | "FORECASTED") => ({
    notificationType,
    comparisonOperator: "GREATER_THAN",
    threshold: 100,
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [email],
  });
  new aws.budgets.Budget("Budget", {
    name: `veet-${stage.name}`,
    budgetType: "COST",
    limitAmount: String(limitUsd),
    limitUnit: "USD",
    timeUnit: "MONTHLY",
    notifications: [tell("ACTUAL"), tell("FORECASTED")],
  });
}
