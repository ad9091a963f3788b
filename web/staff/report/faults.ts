import type { ImportRefusedDetails } from "../../../shared/contract/responses.ts";

/** Every fault that a refusal names at its place; none when it names none. */
export function faultsOf(details: unknown): ImportRefusedDetails["faults"] {
  const { faults } = (details ?? {}) as Partial<ImportRefusedDetails>;
  return faults ?? [];
}
