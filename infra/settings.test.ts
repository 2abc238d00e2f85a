import { expect, test } from "vitest";
import { readEnv } from "#lib/env.ts";
import { readSettings } from "./settings.ts";

const needed = {
  VEET_DOMAIN: "meet.example.com",
  VEET_ZONE: "example.com",
  VEET_ALARM_EMAIL: "o@example.com",
  VEET_HOSTS_ALLOWED: "@example.com",
};
const all = {
  ...needed,
  VEET_MONTHLY_BUDGET_USD: "2000",
  VEET_STATE_BUDGET_USD: "500",
  VEET_FIREWALL: "count",
  VEET_MONITORING: "off",
  VEET_MAX_PARTICIPANTS: "250",
  VEET_MAX_WAITING: "20",
  VEET_RATE_LIMIT_FACTOR: "2.5",
};

test("[D63] unset settings have defaults", () => {
  expect(readSettings(needed)).toEqual({
    domain: "meet.example.com",
    zone: "example.com",
    alarmEmail: "o@example.com",
    monthlyBudgetUsd: 1_000,
    stateBudgetUsd: 200,
    firewall: "block",
    limits: { maxParticipants: 100, maxWaiting: 100, rateLimitFactor: 1, hostsAllowed: "@example.com" },
  });
  // GitHub passes an unset variable as an empty one.
  expect(
    readSettings({ ...needed, VEET_STATE_BUDGET_USD: "", VEET_FIREWALL: "", VEET_MONITORING: "" }).stateBudgetUsd,
  ).toBe(200);
});

test("[D63] settings that are set are used", () => {
  expect(readSettings(all)).toMatchObject({
    monthlyBudgetUsd: 2_000,
    stateBudgetUsd: 500,
    firewall: "count",
    monitoring: false,
    limits: { maxParticipants: 250, maxWaiting: 20, rateLimitFactor: 2.5, hostsAllowed: "@example.com" },
  });
});

test.each([
  ["VEET_DOMAIN", "", /VEET_DOMAIN is missing/],
  ["VEET_HOSTS_ALLOWED", "", /VEET_HOSTS_ALLOWED is missing: list who may host, or set \*/],
  ["VEET_ZONE", "example.org", /VEET_DOMAIN must lie in VEET_ZONE/],
  ["VEET_MONTHLY_BUDGET_USD", "lots", /VEET_MONTHLY_BUDGET_USD must be a number from 1 to/],
  ["VEET_STATE_BUDGET_USD", "0", /VEET_STATE_BUDGET_USD must be a number from 20 to/],
  ["VEET_MAX_PARTICIPANTS", "1", /VEET_MAX_PARTICIPANTS must be a whole number from 2 to 1000/],
  ["VEET_MAX_WAITING", "1.5", /VEET_MAX_WAITING must be a whole number from 1 to 1000/],
  ["VEET_RATE_LIMIT_FACTOR", "0", /VEET_RATE_LIMIT_FACTOR must be a number from 0.1 to 1000/],
  ["VEET_FIREWALL", "on", /VEET_FIREWALL must be one of block, count, off/],
  ["VEET_MONITORING", "yes", /VEET_MONITORING must be on or off/],
  ["VEET_PERMISSIONS_BOUNDARY", "boundary", /VEET_PERMISSIONS_BOUNDARY must be the ARN/],
])('[D63] %s as "%s" is refused before anything is made', (name, value, message) => {
  expect(() => readSettings({ ...all, [name]: value })).toThrow(message);
});

test("[D63] the app accepts the same ranges as the deployment", () => {
  const app = {
    NEXTAUTH_URL: "https://meet.example.com",
    NEXTAUTH_SECRET: "n".repeat(32),
    IDENTITY_SECRET: "i".repeat(32),
    UPSTASH_REDIS_REST_URL: "https://redis.example",
    UPSTASH_REDIS_REST_TOKEN: "t",
    MEDIA_SITES: process.env.MEDIA_SITES,
  };
  for (const [participants, waiting, factor] of [
    ["2", "1", "0.1"],
    ["1000", "1000", "1000"],
  ]) {
    const { limits } = readSettings({
      ...needed,
      VEET_MAX_PARTICIPANTS: participants,
      VEET_MAX_WAITING: waiting,
      VEET_RATE_LIMIT_FACTOR: factor,
    });
    const variables = {
      MAX_PARTICIPANTS: String(limits.maxParticipants),
      MAX_WAITING: String(limits.maxWaiting),
      RATE_LIMIT_FACTOR: String(limits.rateLimitFactor),
    };
    expect(() => readEnv({ ...app, ...variables })).not.toThrow();
  }
});
