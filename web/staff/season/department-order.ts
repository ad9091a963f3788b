import type { Progress } from "../../../shared/contract/responses.ts";
import type { SeasonOrder } from "./season-search.ts";

type Department = Progress["departments"][number];

/** Departments, most urgent first by what is sorted by. */
export const departmentsInOrder = (
  departments: readonly Department[],
  sort: SeasonOrder = "code",
): readonly Department[] =>
  departments.toSorted((a, b) => compare(a, b, sort) || (a.code < b.code ? -1 : 1));

function compare(a: Department, b: Department, sort: SeasonOrder): number {
  const [left, right] = [keyOf(a, sort), keyOf(b, sort)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Numbers are negative, so that the largest comes first; what is not known comes last. */
function keyOf({ code, season }: Department, sort: SeasonOrder): string | number {
  switch (sort) {
    case "code":
      return code;
    case "due":
      return season?.due ?? "9999";
    case "last":
      return -Date.parse(season?.last?.at ?? "1970-01-01T00:00:00Z");
    case "errors":
      return -(season?.errors ?? -1);
    case "warnings":
      return -(season?.warnings ?? -1);
    case "remarks":
      return -(season?.openRemarks ?? -1);
    case "returns":
      return -(season?.returns ?? -1);
  }
}
