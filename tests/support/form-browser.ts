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

/**
 * Signs in on the pages of a provider, from its address `start` on.
 *
 * @returns the first address that is on `site` again; not opened yet.
 */
export async function signInAt({ ask }: Browser, start: string, site: string, login: string): Promise<string> {
  let url = start;
  for (let step = 0; step < 12 && !url.startsWith(site); step += 1) {
    const response = await ask(url);
    const location = response.headers.get("location");
    if (location) {
      url = new URL(location, url).href;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
    const sent = await ask(url, { prompt, login, password: "x" });
    url = new URL(sent.headers.get("location") ?? "", url).href;
  }
  return url;
}
