import { UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { z } from "zod";

/** What the host tells the app about itself; served beside it, so one build runs anywhere. */
const configSchema = z.object({
  issuer: z.url(),
  clientId: z.string().min(1),
  /** Resource indicator (RFC 8707) that makes the issuer name our API as the audience. */
  resource: z.string().min(1),
  portalUrl: z.url(),
});
export type StaffConfig = z.infer<typeof configSchema>;

export interface Session {
  readonly config: StaffConfig;
  /** A valid access token; renewed silently while the refresh token lasts. */
  readonly accessToken: () => Promise<string>;
  readonly signOut: () => Promise<void>;
}

const callbackPath = "/callback";

/** Finishes a sign-in on the way back, starts one when nobody is signed in. Undefined: the browser is leaving. */
export async function openSession(): Promise<Session | undefined> {
  const config = configSchema.parse(await (await fetch("/config.json")).json());
  const manager = new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${location.origin}${callbackPath}`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: "openid profile offline_access",
    resource: config.resource,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
  });
  if (location.pathname === callbackPath) {
    const user = await manager.signinCallback();
    history.replaceState(null, "", typeof user?.state === "string" ? user.state : "/");
  }
  const user = await manager.getUser();
  if (user === null || (user.expired === true && user.refresh_token === undefined)) {
    await manager.signinRedirect({ state: location.pathname + location.search });
    return undefined;
  }
  return {
    config,
    accessToken: () => freshToken(manager),
    signOut: () => manager.signoutRedirect(),
  };
}

/** A refresh token may be used once, so requests that need a new access token share one renewal. */
let renewal: Promise<User | null> | undefined;

async function freshToken(manager: UserManager): Promise<string> {
  const user = await manager.getUser();
  if (user !== null && (user.expires_in ?? 0) > 10) return user.access_token;
  renewal ??= renew(manager).finally(() => {
    renewal = undefined;
  });
  const renewed = await renewal;
  if (renewed) return renewed.access_token;
  await manager.signinRedirect({ state: location.pathname + location.search });
  return new Promise<never>(() => undefined);
}

async function renew(manager: UserManager): Promise<User | null> {
  try {
    return await manager.signinSilent();
  } catch {
    return null;
  }
}
