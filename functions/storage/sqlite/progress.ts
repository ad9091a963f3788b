import { checkPositionSchema, keptReportSchema, keys, lineSchema, markerSchema } from "../items.ts";
import type { ProgressStore } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";
import { countUp } from "./marker.ts";

/** What is kept of a year's progress: one row a report, one a department. */
export function createProgressStore(table: ItemTable): ProgressStore {
  return {
    async under(year, department) {
      const { pk } = keys.kept(year, department, "");
      return table.partition({ pk }, keptReportSchema).filter(({ isGone }) => !isGone);
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

    putLine(year, line) {
      const key = keys.line(year, line.code);
      return table.write(key, () => {
        const stored = table.get(key, lineSchema);
        if ((stored?.version ?? 0) !== line.version) return false;
        table.put({ ...key, ...line, version: line.version + 1 });
        return true;
      });
    },

    followed: async (region) => table.get(keys.registryFollowed(region), markerSchema)?.seq,
    markFollowed: (region, seq) => countUp(table, keys.registryFollowed(region), seq),

    checkPosition: async (region) => table.get(keys.progressCheck(region), checkPositionSchema),
    setCheckPosition(region, position) {
      const key = keys.progressCheck(region);
      return table.write(key, () => table.put({ ...key, ...position }));
    },
  };
}
