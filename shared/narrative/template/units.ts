import type { SentenceBook } from "./book.ts";

/** The unit of a count at a cell or path, as the quantity that names it states; one named alone goes before `*`. */
export function unitAt({ quantities }: SentenceBook, place: string): string | undefined {
  const units = [...quantities.values()].flatMap(({ definition: { of, unit } }) =>
    typeof of === "string" && unit !== undefined ? [{ of, unit }] : [],
  );
  const found =
    units.find(({ of }) => of === place) ??
    units.find(({ of }) => of.includes("*") && isLike(of, place));
  return found?.unit;
}

/** Whether a place is one of those that a pattern with `*` stands for. */
function isLike(pattern: string, place: string): boolean {
  const steps = place.split(/[/.]/u);
  const expected = pattern.split(/[/.]/u);
  return (
    steps.length === expected.length &&
    expected.every((step, index) => step === "*" || step === steps[index])
  );
}
