import { ErrorResponse, UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Settings of the host (`/config.json`); served beside the app, so one build runs anywhere. */
export interface StaffConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Resource indicator (RFC 8707) that makes the issuer name our API as the audience. */
  readonly resource?: string;
  readonly portalUrl: string;
  /** Below it people keep their own account, where the installation has accounts itself. */
  readonly accountUrl?: string;
  /** Where a demonstration shows the letters it did not send; no installation has it. */
  readonly mailsUrl?: string;
}

/** The issuer no longer vouches for the person: they sign in again before the next request. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
}

export interface Session {
  readonly config: StaffConfig;
  /**
   * A valid access token, renewed silently while the issuer allows it; `fresh` takes a new one in any case.
   * Rejects with `SessionEnded`, or with the failure of the connection, which says nothing about the session.
   */
  readonly accessToken: (how?: { readonly fresh: boolean }) => Promise<string>;
  /** Whether the person must sign in again, for `useSyncExternalStore`. */
  readonly ended: {
    readonly subscribe: (listener: () => void) => () => void;
    readonly snapshot: () => boolean;
  };
  /** The API knows the token no longer, although the issuer gave it. */
  readonly end: () => void;
  /** Leaves for the issuer and comes back to the same place. */
  readonly signInAgain: () => Promise<void>;
  readonly signOut: () => Promise<void>;
}

const callbackPath = "/callback";
/** A page of its own: the only one that may be framed, as a renewal without a refresh token needs. */
const silentPath = "/silent-renew.html";

/** Finishes a sign-in on the way back, starts one when nobody is signed in. Undefined: the browser is leaving. */
export async function openSession(): Promise<Session | undefined> {
  const config = (await (await fetch("/config.json")).json()) as StaffConfig;
  const manager = new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${location.origin}${callbackPath}`,
    silent_redirect_uri: `${location.origin}${silentPath}`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: "openid profile offline_access",
    ...omitUndefined({ resource: config.resource }),
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
  });
  const signInAgain = () =>
    manager.signinRedirect({ state: location.pathname + location.search + location.hash });
  if (location.pathname === callbackPath) history.replaceState(null, "", await placeToReturn());
  const user = await manager.getUser();
  if (user === null || (user.expired === true && (await renewed()) === "ended")) {
    await signInAgain();
    return undefined;
  }

  const listeners = new Set<() => void>();
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
    for (const listener of listeners) listener();
  };
  return {
    config,
    accessToken: async (how) => {
      if (hasEnded) throw new SessionEnded();
      const stored = await manager.getUser();
      if (how?.fresh !== true && stored !== null && (stored.expires_in ?? 0) > 10) {
        return stored.access_token;
      }
      const now = await renewed();
      if (now !== "ended") return now.access_token;
      end();
      throw new SessionEnded();
    },
    ended: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: () => hasEnded,
    },
    end,
    signInAgain,
    signOut: () => manager.signoutRedirect(),
  };

  /** Where the sign-in began; an answer that belongs to no sign-in of this browser leads to the start. */
  async function placeToReturn(): Promise<string> {
    try {
      const returned = await manager.signinCallback();
      return typeof returned?.state === "string" ? returned.state : "/";
    } catch (error) {
      if (error instanceof TypeError) throw error; // no connection: the same answer may be tried again
      return "/";
    }
  }

  /** A refresh token may be used once, so requests that need a new access token share one renewal. */
  function renewed(): Promise<User | "ended"> {
    renewal ??= renew(manager).finally(() => {
      renewal = undefined;
    });
    return renewal;
  }
}

let renewal: Promise<User | "ended"> | undefined;

/** Only the issuer's own refusal ends a session; a lost connection rejects and is tried again. */
async function renew(manager: UserManager): Promise<User | "ended"> {
  try {
    return (await manager.signinSilent()) ?? "ended";
  } catch (error) {
    if (error instanceof ErrorResponse) return "ended";
    throw error;
  }
}
