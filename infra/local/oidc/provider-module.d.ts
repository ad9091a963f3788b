/**
 * The package's index does one thing more than this module: it prints a notice on a Node release it
 * does not list. We run what the tests here show to work, so we take the provider itself.
 */
declare module "oidc-provider/lib/provider.js" {
  export { Provider } from "oidc-provider";
}

declare module "oidc-provider/lib/helpers/interaction_policy/index.js" {
  import type { interactionPolicy } from "oidc-provider";
  export const base: typeof interactionPolicy.base;
}

declare module "oidc-provider/lib/helpers/errors.js" {
  import type { errors } from "oidc-provider";
  export const InvalidTarget: typeof errors.InvalidTarget;
}
