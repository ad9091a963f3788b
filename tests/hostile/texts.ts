import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import type { Report } from "../../shared/report/report.ts";
import { changed } from "../shared/checks/sections/complete-report.ts";

/** Texts nobody writes for people: each is what some reader of free text looks for, over and over. */
export const hostileTexts: readonly { readonly name: string; readonly unit: string }[] = [
  { name: "digits", unit: "1" },
  { name: "per cent signs", unit: "%" },
  { name: "one character", unit: "文" },
  { name: "full-width commas", unit: "，" },
  { name: "enumeration commas", unit: "文、" },
  { name: "opening brackets", unit: "（" },
  { name: "opening title marks", unit: "《" },
  { name: "units without figures", unit: "万元" },
  { name: "white space", unit: "1   " },
  { name: "figures", unit: "1万元" },
  { name: "shares", unit: "占1%" },
  { name: "changes", unit: "比2021年减少1万元，下降1%，" },
  { name: "totals", unit: "收、支总计各是1万元，1万元" },
  { name: "telephone numbers", unit: "13812345678 " },
  { name: "ID numbers", unit: "110101900101123，" },
  { name: "beginnings of addresses", unit: "家住文" },
  { name: "names of people in need", unit: "困难王" },
  { name: "letters of an address", unit: "a" },
  { name: "verbs of a figure, either way to read", unit: "约为" },
  { name: "counts of units, either way to read", unit: "单位共有" },
  { name: "sentences that agree with nothing", unit: "本年收入合计1万元。" },
  { name: "chains of codes", unit: "教育支出（类）普通教育（款）文（项）" },
  { name: "lines of two characters", unit: "文。\n" },
  { name: "reasons", unit: "原因是" },
];

/** Paragraphs of a repeated text, as long as one may be, until so many characters are reached. */
export function hostileReport(report: Report, unit: string, characters: number): Report {
  const chapters = writeNarrative(report).chapters.map(({ id }) => id);
  return changed(report, ({ narrative }) => {
    for (let written = 0, at = 0; written < characters; written += longest, at += 1) {
      const chapter = chapters[at % chapters.length] ?? "";
      const text = unit.repeat(Math.ceil(longest / unit.length)).slice(0, longest);
      (narrative.additions[chapter] ??= []).push(`文${text}。`);
    }
  });
}

/** With a character before and behind, what the schema takes. */
const longest = 4_990;
