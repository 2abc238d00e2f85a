import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { authOptions } from "#lib/auth/auth-options.ts";
import { guardAuth } from "#lib/http/guard-auth.ts";

/** What next-auth is asked: the steps of signing in and out that we use, and no others. */
const answer = guardAuth((request, params) => NextAuth(new NextRequest(request), { params }, authOptions()));

export { answer as GET, answer as POST };
