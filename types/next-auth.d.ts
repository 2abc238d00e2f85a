import "next-auth/jwt";
import type { AccountId } from "#lib/ids.ts";

declare module "next-auth" {
  interface Session {
    accountId?: AccountId;
    user: { name: string };
  }
}

declare module "next-auth/jwt" {
  /** All that the session cookie holds is in lib/auth/session-token.ts. */
  interface JWT {
    accountId?: string;
  }
}
