import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ProgressStore } from "../ports.ts";
import {
  checkPositionSchema,
  daySchema,
  keptReportSchema,
  keys,
  lineSchema,
  markerSchema,
  notesSchema,
  ruleLineSchema,
} from "../items.ts";
import {
  getItem,
  pagePartition,
  putOverVersion,
  readPartition,
  type TableAccess,
  unlessRefused,
} from "./table-access.ts";
import { countUp } from "./marker.ts";

/** What is kept of a year's progress: one item a report, one a department. */
export function createProgressStore(access: TableAccess): ProgressStore {
  return {
    async under(year, department) {
      const { pk } = keys.kept(year, department, "");
      const kept = await readPartition(access, { pk }, keptReportSchema);
      return kept.filter(({ isGone }) => !isGone);
    },

    async kept(year, department, orgCode) {
      const kept = await getItem(access, keys.kept(year, department, orgCode), keptReportSchema);
      return kept?.isGone === true ? undefined : kept;
    },

    async keep(year, department, report) {
      const put = new PutCommand({
        TableName: access.table,
        Item: { ...keys.kept(year, department, report.orgCode), ...report },
        ConditionExpression: "attribute_not_exists(pk) OR #version <= :version",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":version": report.version },
      });
      await unlessRefused(access.db.send(put));
    },

    line: (year, department) => getItem(access, keys.line(year, department), lineSchema),
    // They follow the reports by a moment anyway.
    lines: (year, page) =>
      pagePartition(access, { pk: keys.line(year, "").pk, page, consistent: false }, lineSchema),
    putLine: (year, line) => putOverVersion(access, { ...keys.line(year, line.code), ...line }),

    notes: (year, department) =>
      readPartition(access, { pk: keys.notes(year, department, "").pk }, notesSchema),
    note: (year, department, orgCode) =>
      getItem(access, keys.notes(year, department, orgCode), notesSchema),
    putNote: (year, department, note) =>
      putOverVersion(access, { ...keys.notes(year, department, note.orgCode), ...note }),

    ruleLine: (year, department) =>
      getItem(access, keys.ruleLine(year, department), ruleLineSchema),
    ruleLines: (year, page) =>
      pagePartition(
        access,
        { pk: keys.ruleLine(year, "").pk, page, consistent: false },
        ruleLineSchema,
      ),
    putRuleLine: (year, line) =>
      putOverVersion(access, { ...keys.ruleLine(year, line.code), ...line }),

    async putDay(year, tally) {
      const Item = { ...keys.day(year, tally.day), ...tally };
      await access.db.send(new PutCommand({ TableName: access.table, Item }));
    },
    days: (year, page) =>
      pagePartition(
        access,
        { pk: keys.day(year, "").pk, newestFirst: true, page, consistent: false },
        daySchema,
      ),

    followed: async (region) =>
      (await getItem(access, keys.registryFollowed(region), markerSchema))?.seq,
    markFollowed: (region, seq) => countUp(access, keys.registryFollowed(region), seq),

    checkPosition: (region) => getItem(access, keys.progressCheck(region), checkPositionSchema),
    async setCheckPosition(region, position) {
      const Item = { ...keys.progressCheck(region), ...position };
      await access.db.send(new PutCommand({ TableName: access.table, Item }));
    },
  };
}
