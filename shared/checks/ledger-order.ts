import { ruleBook } from "./rule-book.ts";
import type { Rule } from "./rule.ts";

/** The first thing that a rule judges places it in the ledger. */
const placeOfCarrier = {
  cells: 0,
  text: 1,
  rewording: 2,
  gaps: 2,
  sections: 3,
  units: 4,
  printedTables: 5,
} as const;

/** Rules beyond the trade's list (S…) are listed with the sections, which most of them judge. */
export const isBeyondTheList = ({ id }: Rule): boolean => id.startsWith("S");

const placeOf = (rule: Rule): number =>
  isBeyondTheList(rule)
    ? placeOfCarrier.sections
    : Math.min(
        ...Object.entries(placeOfCarrier).map(([carrier, place]) =>
          rule[carrier as keyof typeof placeOfCarrier] === undefined ? Infinity : place,
        ),
      );

/** Every rule, in the order in which a ledger lists them; rules of one place as in the book. */
export const rulesInLedgerOrder: readonly Rule[] = ruleBook.toSorted(
  (a, b) => placeOf(a) - placeOf(b),
);
