/** A public single-page app: code flow with PKCE (S256), no secret. */
export type PublicClient = {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
};
