import { checkReadText } from "../../shared/checks/text/check-text.ts";
import type { ReportFinding } from "../../shared/checks/text/report-finding.ts";
import type { TextTables } from "../../shared/checks/text/text-context.ts";
import { readText } from "../../shared/narrative/read/read-text.ts";

/** Reads a text and checks it against the tables, where they are given, and against itself; worst first. */
export const checkText = (source: string, tables?: TextTables): ReportFinding[] =>
  checkReadText(readText(source), tables);
