import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/auth-options.ts";
import { guardAuth } from "#lib/http/guard-auth.ts";

/** What next-auth is asked: the steps of signing in and out that we use, and no others. */
const answer = guardAuth((request, params) => NextAuth(request, { params }, authOptions()));

export { answer as GET, answer as POST };
