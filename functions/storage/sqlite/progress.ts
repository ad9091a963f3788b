import type { z } from "zod";
import {
  type ItemKey,
  checkPositionSchema,
  daySchema,
  keptReportSchema,
  keys,
  lineSchema,
  markerSchema,
  notesSchema,
  ruleLineSchema,
} from "../items.ts";
import type { ProgressStore } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";
import { countUp } from "./marker.ts";

/** What is kept of a year's progress: one row a report, one a department. */
export function createProgressStore(table: ItemTable): ProgressStore {
  const putOverVersion = <Item extends { readonly version: number }>(
    key: ItemKey,
    item: Item,
    schema: z.ZodType<Item>,
  ) =>
    table.write(key, () => {
      if ((table.get(key, schema)?.version ?? 0) !== item.version) return false;
      table.put({ ...key, ...item, version: item.version + 1 });
      return true;
    });
  return {
    async under(year, department) {
      const { pk } = keys.kept(year, department, "");
      return table.partition({ pk }, keptReportSchema).filter(({ isGone }) => !isGone);
    },

    async kept(year, department, orgCode) {
      const kept = table.get(keys.kept(year, department, orgCode), keptReportSchema);
      return kept?.isGone === true ? undefined : kept;
    },

    keep(year, department, report) {
      const key = keys.kept(year, department, report.orgCode);
      return table.write(key, () => {
        const kept = table.get(key, keptReportSchema);
        if (kept === undefined || kept.version <= report.version) table.put({ ...key, ...report });
      });
    },

    line: async (year, department) => table.get(keys.line(year, department), lineSchema),
    lines: async (year, page) => table.page({ pk: keys.line(year, "").pk, page }, lineSchema),

    putLine: (year, line) => putOverVersion(keys.line(year, line.code), line, lineSchema),

    notes: async (year, department) =>
      table.partition({ pk: keys.notes(year, department, "").pk }, notesSchema),
    note: async (year, department, orgCode) =>
      table.get(keys.notes(year, department, orgCode), notesSchema),
    putNote: (year, department, note) =>
      putOverVersion(keys.notes(year, department, note.orgCode), note, notesSchema),

    ruleLine: async (year, department) =>
      table.get(keys.ruleLine(year, department), ruleLineSchema),
    ruleLines: async (year, page) =>
      table.page({ pk: keys.ruleLine(year, "").pk, page }, ruleLineSchema),
    putRuleLine: (year, line) =>
      putOverVersion(keys.ruleLine(year, line.code), line, ruleLineSchema),

    putDay(year, tally) {
      const key = keys.day(year, tally.day);
      return table.write(key, () => table.put({ ...key, ...tally }));
    },
    days: async (year, page) =>
      table.page({ pk: keys.day(year, "").pk, newestFirst: true, page }, daySchema),

    followed: async (region) => table.get(keys.registryFollowed(region), markerSchema)?.seq,
    markFollowed: (region, seq) => countUp(table, keys.registryFollowed(region), seq),

    checkPosition: async (region) => table.get(keys.progressCheck(region), checkPositionSchema),
    setCheckPosition(region, position) {
      const key = keys.progressCheck(region);
      return table.write(key, () => table.put({ ...key, ...position }));
    },
  };
}
