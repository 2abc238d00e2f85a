import { askNextAuth } from "#lib/auth/ask-next-auth.ts";
import { guardAuth } from "#lib/http/guard-auth.ts";
import { otherMethods } from "#lib/http/other-methods.ts";

/** What next-auth is asked: the steps of signing in and out that we use, and no others. */
const answer = guardAuth(askNextAuth);

export { answer as GET, answer as POST };
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
