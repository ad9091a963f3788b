import { join } from "node:path";
import {
  createTokenVerifier,
  type VerifyToken,
} from "../../../functions/platform/auth/verify-token.ts";
import { newCode, sha256 } from "../../../functions/platform/ids.ts";
import type { Log } from "../../../functions/platform/log.ts";
import type { RegistryStore } from "../../../functions/storage/ports.ts";
import { acceptInvitation, invitationByCode } from "../../../functions/use-cases/invitations.ts";
import type { Accounts } from "../../../functions/use-cases/reset-password.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { CallerAddress } from "../caller-address.ts";
import { accountsDoor } from "../oidc/accounts/accounts-door.ts";
import { openAccounts } from "../oidc/accounts/accounts.ts";
import type { Answer, SignInDoor } from "../oidc/door.ts";
import { createIssuer } from "../oidc/issuer.ts";
import { apiAudience, apiResource } from "../oidc/provider-settings.ts";
import { demonstrationDoor } from "../seed/demonstration-door.ts";
import { silentRenewal } from "../staff-site.ts";
import type { Served } from "./served.ts";
import type { IssuerSettings } from "./settings.ts";

export const staffClientId = "staff";

/** How people sign in: at the embedded issuer, or at the government's own. */
export interface SignIn {
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly resource: string | undefined;
  readonly verifyToken: VerifyToken;
  /** The embedded issuer's pages; absent where people sign in elsewhere. */
  readonly answer?: Answer;
  readonly close: () => Promise<void>;
  /** Its accounts; absent in a demonstration, whose people share one password. */
  readonly accounts?: Accounts;
  /** Address of the pages on which people keep their own account. */
  readonly accountUrl?: string;
  /** Other origins that the staff app's pages call to sign in. */
  readonly origins: readonly string[];
}

interface SignInDeps {
  readonly served: Served;
  readonly dataDir: string;
  /** As people's browsers name it. */
  readonly staffUrl: string;
  /** Where this process answers itself, whatever proxy is in front of it. */
  readonly localUrl: string;
  readonly registry: RegistryStore;
  readonly callerAddress: CallerAddress;
  readonly now: () => string;
  readonly log: Log;
}

export async function openSignIn(deps: SignInDeps): Promise<SignIn> {
  const { installation } = deps.served;
  if (installation === undefined) return openEmbedded(deps, await demonstrationDoor());
  if (installation.issuer.kind === "oidc") return elsewhere(installation.issuer, deps.now);
  const { dataDir, registry, now } = deps;
  const ofRegistry = { registry, now, sha256 };
  const door = accountsDoor({
    store: await openAccounts(join(dataDir, "oidc", "accounts")),
    invitations: {
      byCode: (code) => invitationByCode(ofRegistry, code),
      accept: (subject, code) => acceptInvitation(ofRegistry, subject, { code }),
    },
    ...{ newSubject, newCode, sha256, now },
  });
  const opened = await openEmbedded(deps, door);
  return { ...opened, accounts: door.accounts, accountUrl: `${opened.issuerUrl}/account` };
}

/** Short enough to be read out: forty random bits tell the accounts of a bureau apart. */
const newSubject = (): string => newCode().slice(0, 9).toLowerCase();

async function openEmbedded(
  { dataDir, staffUrl, localUrl, callerAddress, now, log }: SignInDeps,
  door: SignInDoor,
): Promise<SignIn> {
  const issuerUrl = `${staffUrl}/oidc`;
  const issuer = await createIssuer({
    issuerUrl,
    dataDir: join(dataDir, "oidc"),
    door,
    clients: [
      {
        clientId: staffClientId,
        name: "决算编审",
        redirectUris: [`${staffUrl}/callback`, `${staffUrl}${silentRenewal}`],
        postLogoutRedirectUris: [`${staffUrl}/`],
      },
    ],
    callerAddress,
    now,
    onError: (error) => log.error("The issuer failed.", { error }),
  });
  /** Its keys are fetched here and not by way of a proxy, whose certificate or name may not be known here. */
  const fetchHere: typeof fetch = (input, init) => {
    const address = input instanceof Request ? input.url : input.toString();
    return fetch(localUrl + address.slice(staffUrl.length), init);
  };
  return {
    ...{ issuerUrl, clientId: staffClientId, resource: apiResource },
    ...{ answer: issuer.handle, close: issuer.close },
    verifyToken: createTokenVerifier({
      ...{ issuer: issuerUrl, audience: apiAudience, now, fetch: fetchHere },
    }),
    origins: [],
  };
}

const elsewhere = (
  { issuer, clientId, audience, resource, origins }: Extract<IssuerSettings, { kind: "oidc" }>,
  now: () => string,
): SignIn => ({
  ...{ issuerUrl: issuer, clientId, resource, close: () => Promise.resolve() },
  verifyToken: createTokenVerifier({ issuer, audience, now }),
  origins: [...new Set([issuer, ...origins].map((one) => new URL(one).origin))],
});

/** What the staff app reads before it starts. */
export const configOf = (
  { issuerUrl, clientId, resource, accountUrl }: SignIn,
  portalUrl: string,
  mailsUrl?: string,
): Readonly<Record<string, string>> => ({
  ...{ issuer: issuerUrl, clientId, portalUrl },
  ...omitUndefined({ resource, accountUrl, mailsUrl }),
});
