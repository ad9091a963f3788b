import { tidyReason } from "../../phrase.ts";
import { operator } from "../define.ts";
import { entryOf } from "../scope.ts";

/** Texts of people that no change calls for. */
export const textOperators = [
  /** What an expense was spent on, and the like. */
  operator({
    keyword: "说明",
    takes: { slot: "id", about: "text" },
    options: { lead: { keyword: "引", role: "text" } },
    write: ({ slot, about, lead = "" }, { figures }) => {
      const text = figures.typedReason(slot);
      return [
        { slots: [{ slot, required: true, about, change: [] }] },
        lead,
        text === "" ? { missing: "reason", what: about, slot } : { reason: text, slot },
      ];
    },
  }),
  /** 主要用于 of the list's code. */
  operator({
    keyword: "主要用途",
    takes: {},
    inside: "codes",
    write: (_, scope) => {
      const { key: code, name } = entryOf(scope);
      const text = tidyReason(scope.figures.report.sections.narrative.purposes[code] ?? "");
      return text === ""
        ? { missing: "purpose", what: `${name}的主要用途`, code }
        : { purpose: text, code };
    },
  }),
];
