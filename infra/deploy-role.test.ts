import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, type ScalarTag } from "yaml";
import { ROOT } from "../scripts/stack/paths.ts";
import { readDigests } from "./base-images.ts";
import { REGIONS } from "./regions.ts";
import { type Graph, graphOf } from "./testing/graph.ts";
import { all } from "./testing/look.ts";

type Statement = {
  Sid: string;
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};
type Policy = { Statement: Statement[] };
type Template = {
  Resources: Record<string, { Properties: { PolicyDocument?: Policy; AssumeRolePolicyDocument?: Policy } }>;
};

/** Resolves CloudFormation's intrinsic functions to their text. */
const tags: ScalarTag[] = ["!Sub", "!Ref", "!GetAtt"].map((tag) => ({ tag, resolve: (text: string) => text }));
const read = () =>
  parse(readFileSync(join(ROOT, "deploy", "github-deploy-role.yaml"), "utf8"), {
    customTags: [...tags, ...["!If", "!Equals"].map((tag) => ({ tag, collection: "seq" as const }))],
    logLevel: "error",
  }) as Template;
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const statementsOf = (template: Template, name: string): Statement[] =>
  template.Resources[name]?.Properties.PolicyDocument?.Statement ?? [];
/** The trust conditions for GitHub's token. */
const trustOf = (template: Template) =>
  template.Resources.Role?.Properties.AssumeRolePolicyDocument?.Statement[0]?.Condition?.StringEquals ?? {};
const SUBJECT = "token.actions.githubusercontent.com:sub";
const POLICIES = ["State", "Roles", "Named", "Wide"];
const granted = (template: Template) =>
  POLICIES.flatMap((name) => statementsOf(template, name)).filter(({ Effect }) => Effect === "Allow");
/** Whether IAM would match the name with one of the patterns. */
const covers = (patterns: string[], name: string) =>
  patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
  });

/** Checks the template. @returns what is wrong with it. */
function faults(template: Template): string[] {
  const actions = granted(template).flatMap(({ Action }) => list(Action));
  const maker = granted(template).filter(({ Action }) => covers(list(Action), "iam:CreateRole"));
  const forbidden = [
    "iam:CreatePolicyVersion",
    "iam:CreatePolicy",
    "iam:DeleteRolePermissionsBoundary",
    "iam:CreateUser",
  ];
  const own = granted(template).filter(
    ({ Action, Resource }) =>
      list(Action).some((action) => action.startsWith("iam:")) &&
      covers(list(Resource), "arn:aws:iam::${AWS::AccountId}:role/github-veet-${Stage}"),
  );
  return [
    ...(actions.includes("*") ? ["everything is granted"] : []),
    ...forbidden.filter((action) => covers(actions, action)),
    ...maker
      .filter(({ Condition }) => Condition?.StringEquals?.["iam:PermissionsBoundary"] !== "Boundary")
      .map(({ Sid }) => Sid),
    ...own.map(({ Sid }) => `${Sid} reaches the role itself`),
    ...(trustOf(template)[SUBJECT] === "repo:${Repository}:environment:${Stage}" ? [] : ["others may take the role"]),
    ...(granted(template).some(({ Sid, Condition }) => Sid === "Pass" && Condition)
      ? []
      : ["roles are passed to any service"]),
  ];
}

const statement = (template: Template, policy: string, sid: string) =>
  statementsOf(template, policy).find(({ Sid }) => Sid === sid) as Statement;
const PLANTED: Record<string, (template: Template) => void> = {
  "all actions": (template) => void (statement(template, "Wide", "ByService").Action = "*"),
  "a role without the boundary": (template) =>
    void delete statement(template, "Roles", "GrantWithinTheBoundary").Condition,
  "roles of any name": (template) =>
    void (statement(template, "Roles", "Keep").Resource = "arn:aws:iam::${AWS::AccountId}:role/*veet-*"),
  "another boundary": (template) => void list(statement(template, "Wide", "Networks").Action).push("iam:CreatePolicy*"),
  "any branch": (template) => void (trustOf(template)[SUBJECT] = "repo:${Repository}:*"),
};

test("[D36] GitHub's role creates no role without the boundary, and changes neither itself nor the boundary", () => {
  expect(faults(read())).toEqual([]);
});

test.each(Object.entries(PLANTED))("[D36] %s is detected", (_, plant) => {
  const template = read();
  plant(template);
  expect(faults(template)).not.toEqual([]);
});

describe("[D36] what is deployed", () => {
  let graph: Graph;
  beforeAll(async () => {
    const { createPlatform } = await import("./platform.ts");
    const settings = {
      domain: "meet.example.com",
      zone: "example.com",
      alarmEmail: "o@example.com",
      monthlyBudgetUsd: 1,
      stateBudgetUsd: 20,
      limits: { maxParticipants: 2, maxWaiting: 1, rateLimitFactor: 1, hostsAllowed: "*" },
    };
    const digests = Object.fromEntries(Object.keys(readDigests(ROOT)).map((image) => [image, "sha256:0"]));
    graph = await graphOf(
      () => void createPlatform("production", { ...settings, firewall: "block" }, REGIONS, digests),
    );
  });

  test("needs only services that the role can use", () => {
    const modules = new Set(
      graph.map(({ type }) => /^aws:(\w+)\//.exec(type)?.[1]).filter((name) => name !== undefined),
    );
    const services: Record<string, string> = {
      lb: "elasticloadbalancing",
      appautoscaling: "application-autoscaling",
      vpc: "ec2",
      cloudwatch: "cloudwatch",
    };
    const actions = granted(read()).flatMap(({ Action }) => list(Action));
    const isReached = (name: string) => actions.some((action) => action.startsWith(`${services[name] ?? name}:`));
    expect([...modules].filter((name) => !isReached(name))).toEqual([]);
    expect(modules.size).toBeGreaterThan(12);
  });

  test("gives no role more rights than the boundary", () => {
    const most = statementsOf(read(), "Boundary")
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => list(Action));
    const used = all(graph, "RolePolicy").flatMap(({ inputs }) =>
      (JSON.parse(inputs.policy) as { Statement: { actions: string[] }[] }).Statement.flatMap(({ actions }) => actions),
    );
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((action) => !covers(most, action))).toEqual([]);
    expect(covers(most, "iam:CreateRole")).toBe(false);
  });
});
