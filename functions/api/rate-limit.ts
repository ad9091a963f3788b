import { createMiddleware } from "hono/factory";
import type { ApiDeps, ApiEnv } from "./deps.ts";
import { ApiError } from "./errors.ts";

/** Requests at once, and how many more a minute brings. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

export interface Rates {
  readonly person: Rate;
  /** An office often shares one address. */
  readonly address: Rate;
  /** Requests of an address without a token that holds. */
  readonly anonymous: Rate;
  /** What reads or checks a whole report or file, of one person. */
  readonly heavy: Rate;
  /** Prints of drafts, of one person and of one report or edition. */
  readonly previews: Rate;
}

/**
 * All rates from the two that an installation sets. A page sends about ten requests when it is opened and a grid saves
 * itself every other second, so 600 a minute are an hour's work in a minute.
 */
export const ratesOf = (perMinute: {
  readonly person: number;
  readonly address: number;
}): Rates => ({
  person: { burst: perMinute.person / 2, perMinute: perMinute.person },
  address: { burst: perMinute.address / 2, perMinute: perMinute.address },
  anonymous: { burst: perMinute.address / 20, perMinute: perMinute.address / 20 },
  heavy: { burst: perMinute.person / 5, perMinute: perMinute.person / 5 },
  previews: { burst: perMinute.person / 20, perMinute: perMinute.person / 40 },
});

/** For one person, and for an office of fifty behind one address. */
export const usualPerMinute = { person: 600, address: 6_000 } as const;

/** Seconds to wait, or undefined where the request may pass. */
export type TakeToken = (key: string) => number | undefined;

/** Most keys remembered; who is forgotten begins anew with a full bucket, so the oldest go first. */
const mostBuckets = 10_000;

/** What sums of fractions leave over. */
const rounding = 1e-9;

/** Token buckets by key: each starts full, loses one a request and gains with time. */
export function createBuckets(
  { burst, perMinute }: Rate,
  nowMs: () => number,
  most: number = mostBuckets,
): TakeToken & { readonly size: () => number } {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const take: TakeToken = (key) => {
    const now = nowMs();
    const before = buckets.get(key);
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, now - (before?.at ?? now));
    const gained = (elapsedMs / 60_000) * perMinute;
    const tokens = Math.min(burst, (before?.tokens ?? burst) + gained);
    const passes = tokens >= 1 - rounding;
    buckets.delete(key);
    buckets.set(key, { tokens: passes ? tokens - 1 : tokens, at: now });
    if (buckets.size > most) {
      const [oldest = ""] = buckets.keys();
      buckets.delete(oldest);
    }
    return passes ? undefined : Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60));
  };
  return Object.assign(take, { size: () => buckets.size });
}

/** What a report or a file is read, checked, printed or written whole for; each takes a second at its worst. */
const heavyRoutes: readonly { readonly method: string; readonly path: RegExp }[] = [
  { method: "GET", path: /^\/api\/reports\/[^/]+\/(?:findings|narrative|diff|public-notice)$/u },
  { method: "GET", path: /^\/api\/reports\/[^/]+\/consolidation(?:\/|$)/u },
  { method: "GET", path: /\/workbook$/u },
  {
    method: "POST",
    path: /^\/api\/reports\/[^/]+\/(?:imports|explanations|submit|consolidation|previews)$/u,
  },
  // An edition is loaded whole, and tried.
  { method: "POST", path: /^\/api\/regions\/[^/]+\/own-editions\/[^/]+\/(?:use|previews)$/u },
];
/** What is printed: a report, or the draft of an edition. */
const previewRoute = /^\/api\/(reports\/[^/]+|regions\/[^/]+\/own-editions\/[^/]+)\/previews$/u;

export interface RateLimits {
  /** Before anything else is done for an address. */
  readonly ofAddress: ReturnType<typeof limitAddress>;
  /** Once the person is known. */
  readonly ofPerson: ReturnType<typeof limitPerson>;
  /** Takes one of the few an address has without a token that holds. */
  readonly takeAnonymous: (address: string) => void;
}

/** Counted in this process alone: on AWS the gateway's and the firewall's limits apply before it. */
export function createRateLimits({ rates, now }: Pick<ApiDeps, "rates" | "now">): RateLimits {
  const nowMs = () => Date.parse(now());
  const buckets = {
    person: createBuckets(rates.person, nowMs),
    address: createBuckets(rates.address, nowMs),
    anonymous: createBuckets(rates.anonymous, nowMs),
    heavy: createBuckets(rates.heavy, nowMs),
    previews: createBuckets(rates.previews, nowMs),
  };
  return {
    ofAddress: limitAddress(buckets.address),
    ofPerson: limitPerson(buckets),
    takeAnonymous: (address) => {
      pass(buckets.anonymous(address));
    },
  };
}

const limitAddress = (take: TakeToken) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    pass(take(addressOf(c.env)));
    await next();
  });

const limitPerson = (take: {
  readonly person: TakeToken;
  readonly heavy: TakeToken;
  readonly previews: TakeToken;
}) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { subject } = c.var.person;
    const { method, path } = c.req;
    pass(take.person(subject));
    if (heavyRoutes.some((route) => route.method === method && route.path.test(path))) {
      pass(take.heavy(subject));
    }
    const printed = method === "POST" ? previewRoute.exec(path)?.[1] : undefined;
    if (printed !== undefined) {
      pass(take.previews(`person ${subject}`) ?? take.previews(`of ${printed}`));
    }
    await next();
  });

/** As API Gateway saw the connection; headers that a client can write are ignored. */
export const addressOf = (bindings: ApiEnv["Bindings"] | undefined): string =>
  bindings?.requestContext?.http?.sourceIp ?? "";

function pass(retryAfterSeconds: number | undefined): void {
  if (retryAfterSeconds === undefined) return;
  throw new ApiError(
    "too_many_requests",
    `请求过于频繁，请在${String(retryAfterSeconds)}秒后再试；已填写的内容不会丢失。`,
    { retryAfterSeconds },
  );
}
