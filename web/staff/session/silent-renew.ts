import { UserManager } from "oidc-client-ts";

/** Runs in a hidden frame of the app: hands the issuer's answer to the page that opened it. */
void new UserManager({ authority: "", client_id: "", redirect_uri: "" }).signinSilentCallback();
