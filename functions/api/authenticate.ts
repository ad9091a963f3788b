import { createMiddleware } from "hono/factory";
import type { ApiDeps, ApiEnv } from "./deps.ts";
import { ApiError, notFound } from "./errors.ts";
import { addressOf, type RateLimits } from "./rate-limit.ts";

/**
 * Every route behind this needs a token of the issuer, and a person our memberships know: to all
 * others nothing here exists.
 */
export const authenticate = ({
  verifyToken,
  registry,
  takeAnonymous,
}: Pick<ApiDeps, "verifyToken" | "registry"> & Pick<RateLimits, "takeAnonymous">) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const refuseUnknown = (refusal: ApiError): never => {
      takeAnonymous(addressOf(c.env));
      throw refusal;
    };
    const [, token] = /^Bearer ([\w\-.~+/]+=*)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token === undefined) return refuseUnknown(new ApiError("unauthenticated"));
    const identity = await verifyToken(token);
    if (!identity.ok) {
      c.var.log.info("A token was refused.", { reason: identity.error.code });
      if (identity.error.code === "issuer_unavailable") {
        throw new Error(identity.error.message);
      }
      return refuseUnknown(new ApiError("unauthenticated"));
    }
    const { subject } = identity.value;
    const members = await registry.membersBySubject(subject);
    const [first] = members;
    if (first === undefined) return refuseUnknown(notFound());
    c.set("person", { subject, name: first.name, members });
    c.set("log", c.var.log.with({ subject }));
    await next();
  });
