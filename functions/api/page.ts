import type { PageRequest } from "../storage/ports.ts";

/** A page as asked, without a member that was not. */
export const pageOf = ({
  limit,
  after,
}: {
  readonly limit: number;
  readonly after?: string | undefined;
}): PageRequest => ({ limit, ...(after === undefined ? {} : { after }) });
