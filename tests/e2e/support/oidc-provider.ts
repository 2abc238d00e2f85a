import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import Provider, { type Configuration } from "oidc-provider";

export type OidcClient = { issuer: string; clientId: string; clientSecret: string };
export type RunningOidcProvider = OidcClient & { close: () => Promise<void> };

const CLIENT = { clientId: "veet", clientSecret: "veet-oidc-client-secret-for-tests-only" };

/**
 * A real OIDC provider on loopback whose login form believes every name. It is at 127.0.0.1 while the site is at
 * localhost, so that the two are different sites, as in life.
 */
export async function startOidcProvider(siteUrl: string): Promise<RunningOidcProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The OIDC provider has no port");
  const issuer = `http://127.0.0.1:${address.port}`;

  const provider = new Provider(issuer, configuration(siteUrl));
  const serveProtocol = provider.callback();
  server.on("request", (request, response) => {
    const uid = /^\/interaction\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    if (!uid) return void serveProtocol(request, response);
    interact(provider, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return {
    issuer,
    ...CLIENT,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function configuration(siteUrl: string): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${siteUrl}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [siteUrl, `${siteUrl}/`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    cookies: { keys: ["cookie-key-for-tests-only"] },
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    // Some clients never ask the userinfo endpoint.
    conformIdTokenClaims: false,
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({ sub: login, name: nameOf(login), email: `${login}@example.test`, email_verified: true }),
    }),
    async loadExistingGrant({ oidc }) {
      if (!oidc.client || !oidc.session?.accountId) return undefined;
      // The client is our own site, so there is no consent page.
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          context.body = `<!doctype html><title>Signing out</title>${form}
            <script>const form = document.forms[0]; form.insertAdjacentHTML("beforeend", '<input type="hidden" name="logout" value="yes">'); form.submit()</script>`;
        },
      },
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  };
}

/** The login page accepts any login. Labelled "Login", with a button "Sign in". */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("login")?.trim();
    if (accountId) return provider.interactionFinished(request, response, { login: { accountId } });
  }
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><html lang="en"><title>Test identity provider</title><main><h1>Test identity provider</h1>
    <form method="post"><label>Login <input name="login" autofocus required pattern="[a-z0-9.]+"></label><button>Sign in</button></form></main></html>`);
}

/** `ada.lovelace` is Ada Lovelace. */
function nameOf(login: string): string {
  return login.split(/[.-]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" "); // prettier-ignore
}
