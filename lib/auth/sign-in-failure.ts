import "server-only";
import { whereThrown } from "#lib/where-thrown.ts";

/**
 * Reasons for a failed sign-in that can be logged, by the libraries' wording. The texts are ours: the libraries repeat what
 * came in the address, and anyone can put anything there.
 */
const REASONS: readonly [RegExp, string][] = [
  [/^expected 200 OK, got: (\d{3})\b/, "the provider answered $1"],
  [/timed? ?out|ETIMEDOUT/, "the provider did not answer in time"],
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH/, "the provider cannot be reached"],
  [/certificate|ERR_TLS/i, "the provider's certificate is not trusted"],
  [/cookie was missing/, "the browser sent no cookie of the beginning of this sign-in"],
  [/value could not be parsed|different provider/, "the browser sent a cookie of another sign-in"],
  [/^state mismatch|^state missing/, "state mismatch"],
  [/^nonce mismatch/, "nonce mismatch"],
  [
    /^iss mismatch|^iss missing|^unexpected iss/,
    "issuer mismatch: compare OIDC_ISSUER with what the provider calls itself",
  ],
  [/^JWT (expired|not active)|too far in the past|in the future/, "the clocks of provider and server differ"],
  [/^aud (is missing|mismatch)|^unexpected JWT/, "the ID token is not for this client"],
  [
    /^(invalid_client|invalid_grant|invalid_request|invalid_scope|unauthorized_client|access_denied|server_error|temporarily_unavailable|redirect_uri_mismatch)\b/,
    "the provider said $1",
  ],
];

/**
 * Returns the facts to log for a failed sign-in. They contain nothing from the address or a form.
 *
 * @param facts - As next-auth passes it: the error, or an object that holds it beside data that must not be logged.
 */
export function signInFailure(facts: Error | { error?: unknown }): {
  error: string;
  reason?: string;
  thrownAt?: string;
} {
  const error = facts instanceof Error ? facts : facts.error;
  if (!(error instanceof Error)) return { error: "something that is no Error was thrown" };
  const reason = reasonOf(error);
  const thrownAt = whereThrown(error);
  return { error: error.name, ...(reason && { reason }), ...(thrownAt && { thrownAt }) };
}

function reasonOf({ message }: Error): string | undefined {
  for (const [pattern, reason] of REASONS) {
    const match = pattern.exec(message);
    if (match) return reason.replace("$1", match[1] ?? "");
  }
  return undefined;
}
