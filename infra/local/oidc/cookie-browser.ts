/** Where a walk ends: at a page of the issuer, or back at the app with an answer in the address. */
type Arrival =
  | { readonly kind: "page"; readonly url: URL; readonly status: number; readonly html: string }
  | { readonly kind: "returned"; readonly url: URL };

type CookieBrowser = {
  /** Opens an address, or sends a form to it, and follows the redirects. */
  follow(start: URL, form?: URLSearchParams): Promise<Arrival>;
};

const mostRedirects = 10;

/** As much of a browser as a sign-in needs: it keeps cookies by path and follows redirects. */
export function createCookieBrowser({
  fetch,
  appUrl,
}: {
  readonly fetch: typeof globalThis.fetch;
  /** Addresses that begin so are the app's, and are not fetched. */
  readonly appUrl: string;
}): CookieBrowser {
  const cookies = new Map<string, { readonly path: string; readonly pair: string }>();

  function keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? "/";
      const key = `${path} ${pair.split("=", 1)[0] ?? ""}`;
      if (attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part))) cookies.delete(key);
      else cookies.set(key, { path, pair });
    }
  }

  const sentTo = ({ pathname }: URL) =>
    [...cookies.values()]
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join("; ");

  async function follow(start: URL, form?: URLSearchParams): Promise<Arrival> {
    let url = start;
    let body = form;
    for (let step = 0; step < mostRedirects; step++) {
      const answer = await fetch(url, {
        redirect: "manual",
        headers: { accept: "text/html", cookie: sentTo(url) },
        ...(body === undefined ? {} : { method: "POST", body }),
      });
      const html = await answer.text();
      keep(answer.headers.getSetCookie());
      const location = answer.headers.get("location");
      if (location === null) {
        return { kind: "page", url, status: answer.status, html };
      }
      url = new URL(location, url);
      body = undefined;
      if (url.href.startsWith(appUrl)) return { kind: "returned", url };
    }
    throw new Error(`More than ${mostRedirects} redirects from ${start.origin}${start.pathname}.`);
  }
  return { follow };
}
