import type { PageRequest } from "../storage/ports.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** The page that was requested; a parameter that was not sent is absent. */
export const pageOf = ({
  limit,
  after,
}: {
  readonly limit: number;
  readonly after?: string | undefined;
}): PageRequest => ({ limit, ...omitUndefined({ after }) });
