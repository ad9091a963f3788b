import { importRefusedDetails } from "../../../shared/contract/responses.ts";

/** Every fault that a refusal names at its place; none when it names none. */
export function faultsOf(
  details: unknown,
): { where: string; message: string; isAccounts?: true | undefined }[] {
  const parsed = importRefusedDetails.safeParse(details);
  return parsed.success ? parsed.data.faults : [];
}
