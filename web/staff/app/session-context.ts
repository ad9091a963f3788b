import { createContext, useContext } from "react";
import type { Me } from "../../../shared/contract/responses.ts";
import type { ApiClient } from "../api/client.ts";
import type { Drafts } from "../editing/drafts.ts";
import type { Session } from "../session/session.ts";

/** Who is signed in and the API client; set once, above every page. */
export interface Signed {
  readonly session: Session;
  readonly api: ApiClient;
  readonly me: Me;
  readonly drafts: Drafts;
  /** Random name of this browser, by which the server distinguishes its unsent changes from those of others. */
  readonly device: string;
}

export const SignedContext = createContext<Signed | undefined>(undefined);

export function useSigned(): Signed {
  const signed = useContext(SignedContext);
  if (signed === undefined) throw new Error("A page was drawn outside of the session.");
  return signed;
}
