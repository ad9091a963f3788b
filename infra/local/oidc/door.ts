import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import type { CallerAddress } from "../caller-address.ts";
import type { AttemptLimit } from "./attempt-limit.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the issuer lends to whoever signs people in. */
export interface DoorTools {
  readonly provider: Provider;
  /** Of every page. */
  readonly headers: Readonly<Record<string, string>>;
  readonly appUrl: string;
  /** Path below which the issuer answers, without a closing slash. */
  readonly mount: string;
  readonly limit: AttemptLimit;
  readonly callerAddress: CallerAddress;
  /** Ends every session and voids every refresh token of a person. */
  readonly endSessions: (subject: string) => Promise<void>;
}

/** What the issuer says of a person in their tokens. */
export interface Claims {
  readonly name: string;
  readonly email?: string | undefined;
}

/** Who may sign in, and by what pages; everything else of the issuer is the same for all. */
export interface SignInDoor {
  readonly find: (subject: string) => Claims | undefined;
  readonly open: (tools: DoorTools) => {
    /** Pages of a sign-in that is under way, at `/interaction/<id>`. */
    readonly interaction: Answer;
    /** Pages that need no sign-in under way, below `/account/`. */
    readonly account?: Answer;
  };
}
