/** A browser that supports only forms, redirects and cookies. Both servers are on one host, so it keeps a cookie jar for each. */
export function browser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  async function ask(url: string, form?: Record<string, string>): Promise<Response> {
    const jar = jarOf(url);
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
    const response = await fetch(url, {
      ...init,
      headers: { cookie, origin: new URL(url).origin },
      redirect: "manual",
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  return { ask, cookieOf: (url: string, name: string) => jarOf(url).get(name) };
}
export type Browser = ReturnType<typeof browser>;
