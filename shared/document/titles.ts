import { chineseOrdinal } from "../chinese-ordinal.ts";
import type { EditionPart, PartContent } from "../forms/form.ts";
import type { ReportIdentity } from "../report/report.ts";

/** 部门决算 of a department, 单位决算 of a unit. */
export const accountsName = ({ kind }: Pick<ReportIdentity, "kind">): string =>
  kind === "unit" ? "单位决算" : "部门决算";

/** 2022年度部门决算. */
export const yearTitle = (identity: Pick<ReportIdentity, "kind" | "year">): string =>
  `${String(identity.year)}年度${accountsName(identity)}`;

export const reportTitle = (identity: ReportIdentity): string =>
  `${identity.orgName}${yearTitle(identity)}`;

/** A part of a report as it is printed. */
export interface ReportPart {
  readonly id: string;
  /** 第一部分. */
  readonly ordinal: string;
  readonly title: string;
  readonly holds: PartContent;
  /** Chapters of the narrative that it holds; all that no other part names where it is absent. */
  readonly chapters?: readonly string[];
  /** Printed in the part before it, whose ordinal it has. */
  readonly continues?: true;
}

export function partsOf(
  parts: readonly EditionPart[],
  identity: Pick<ReportIdentity, "orgName" | "year" | "kind">,
): ReportPart[] {
  let number = 0;
  return parts.map((part) => {
    if (part.continues !== true) number += 1;
    return {
      ...part,
      ordinal: `第${chineseOrdinal(number)}部分`,
      title: filledTitle(part.title, identity),
    };
  });
}

/** A title of an edition, with the report's own words. */
export function filledTitle(
  title: string,
  {
    orgName,
    year,
    kind,
    supervisionNumber = "〔待填：监督索引号〕",
  }: Pick<ReportIdentity, "orgName" | "year" | "kind"> & {
    readonly supervisionNumber?: string | undefined;
  },
): string {
  const words: Readonly<Record<string, string>> = {
    "{机构名称}": orgName,
    "{年}": String(year),
    "{部门}": kind === "unit" ? "单位" : "部门",
    "{监督索引号}": supervisionNumber,
  };
  return title.replace(/\{[^{}]*\}/gu, (name) => words[name] ?? name);
}

/** The chapters of a part, of those that were written. */
export function chaptersOfPart<Chapter extends { readonly id: string }>(
  { chapters: own }: Pick<ReportPart, "chapters">,
  parts: readonly Pick<ReportPart, "chapters">[],
  chapters: readonly Chapter[],
): readonly Chapter[] {
  if (own !== undefined) return chapters.filter(({ id }) => own.includes(id));
  const elsewhere = new Set(parts.flatMap((part) => part.chapters ?? []));
  return chapters.filter(({ id }) => !elsewhere.has(id));
}

/** 2023-09-15 → 2023年9月15日. */
export function chineseDate(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
}

/** 2023-09-15T02:30:00Z → 2023-09-15 10:30, Asia/Shanghai, which keeps no summer time. */
export function shanghaiTime(at: string): string {
  const shifted = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

/** 1,234,567 → 1.2 MB: what a reader wants to know before a download. */
export function fileSize(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${String(sizeBytes)} B`;
  if (sizeBytes < 1_000_000) return `${String(Math.round(sizeBytes / 1_000))} KB`;
  return `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}

/** What a media type is called in a list of files. */
export function fileTypeName(contentType: string): string {
  const known: Readonly<Record<string, string>> = {
    "application/pdf": "PDF",
    "image/png": "PNG 图片",
    "image/jpeg": "JPEG 图片",
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX 表格",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX 文档",
  };
  return known[contentType] ?? contentType;
}
