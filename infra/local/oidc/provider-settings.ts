import type { Configuration } from "oidc-provider";
import { InvalidTarget } from "oidc-provider/lib/helpers/errors.js";
import { base as defaultPolicy } from "oidc-provider/lib/helpers/interaction_policy/index.js";
import type { PublicClient } from "./client.ts";
import type { Claims, SignInDoor } from "./door.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** The `aud` of every access token. */
export const apiAudience = "juesuan-api";
/** The same API as a resource indicator (RFC 8707), which must be a URI. */
export const apiResource = "urn:juesuan:api";

const hour = 60 * 60;
const day = 24 * hour;

/** The requested scopes are those the first-party app needs; there is nothing to consent to. */
const scopes = ["openid", "profile", "email", "offline_access"];

/**
 * What the issuer does, apart from its storage and its pages: public clients with code flow
 * and PKCE, JWT access tokens for the one API, rotating refresh tokens that end with the session,
 * logout by the app. Everything else the library offers is off.
 */
export function providerSettings({
  find,
  clients,
}: {
  readonly find: SignInDoor["find"];
  readonly clients: readonly PublicClient[];
}): Configuration {
  return {
    clients: clients.map(({ clientId, name, redirectUris, postLogoutRedirectUris }) => ({
      client_id: clientId,
      client_name: name,
      redirect_uris: [...redirectUris],
      post_logout_redirect_uris: [...postLogoutRedirectUris],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      id_token_signed_response_alg: "ES256",
      application_type: "web",
    })),
    clientAuthMethods: ["none"],
    responseTypes: ["code"],
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),

    scopes,
    claims: { openid: ["sub"], profile: ["name"], email: ["email"] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, subject) => {
      const person = find(subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, ...shown(person) }) };
    },
    extraTokenClaims: (_ctx, token) => {
      const person = "accountId" in token ? find(token.accountId) : undefined;
      return person && shown(person);
    },
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const kept = session.grantIdFor(client.clientId);
      const grant =
        (kept === undefined ? undefined : await provider.Grant.find(kept)) ??
        new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scopes.join(" "));
      grant.addResourceScope(apiResource, scopes.join(" "));
      await grant.save();
      return grant;
    },

    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    expiresWithSession: () => true,
    ttl: {
      AccessToken: hour / 4,
      AuthorizationCode: 60,
      Grant: 14 * day,
      IdToken: hour / 4,
      Interaction: hour,
      RefreshToken: 14 * day,
      Session: 14 * day,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== apiResource) throw new InvalidTarget();
          return {
            scope: scopes.join(" "),
            audience: apiAudience,
            accessTokenTTL: hour / 4,
            accessTokenFormat: "jwt",
            jwt: { sign: { alg: "ES256" } },
          };
        },
      },
    },
    interactions: { policy: policyWithoutConsent() },
  };
}

function policyWithoutConsent() {
  const policy = defaultPolicy();
  policy.remove("consent");
  return policy;
}

const shown = ({ name, email }: Claims) => ({ name, ...omitUndefined({ email }) });
