import { createMiddleware } from "hono/factory";
import type { ApiDeps, ApiEnv } from "./deps.ts";
import { ApiError, notFound } from "./errors.ts";
import { addressOf, type RateLimits } from "./rate-limit.ts";

/** Every route behind this needs a token of the issuer. */
export const identify = ({
  verifyToken,
  takeAnonymous,
}: Pick<ApiDeps, "verifyToken"> & Pick<RateLimits, "takeAnonymous">) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const refuse = (): never => {
      takeAnonymous(addressOf(c.env));
      throw new ApiError("unauthenticated");
    };
    const [, token] = /^Bearer ([\w\-.~+/]+=*)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token === undefined) return refuse();
    const identity = await verifyToken(token);
    if (!identity.ok) {
      c.var.log.info("A token was refused.", { reason: identity.error.code });
      if (identity.error.code === "issuer_unavailable") throw new Error(identity.error.message);
      return refuse();
    }
    c.set("identity", identity.value);
    await next();
  });

/** Every route behind this needs a person our memberships know: to all others nothing here exists. */
export const recognise = ({
  registry,
  takeAnonymous,
}: Pick<ApiDeps, "registry"> & Pick<RateLimits, "takeAnonymous">) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { subject } = c.var.identity;
    const members = await registry.membersBySubject(subject);
    const [first] = members;
    if (first === undefined) {
      takeAnonymous(addressOf(c.env));
      throw notFound();
    }
    c.set("person", { subject, name: first.name, members });
    c.set("log", c.var.log.with({ subject }));
    await next();
  });
