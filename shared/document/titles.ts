import type { ReportIdentity } from "../report/report.ts";

/** 部门决算 of a department, 单位决算 of a unit. */
export const accountsName = ({ kind }: Pick<ReportIdentity, "kind">): string =>
  kind === "unit" ? "单位决算" : "部门决算";

/** 2022年度部门决算. */
export const yearTitle = (identity: Pick<ReportIdentity, "kind" | "year">): string =>
  `${String(identity.year)}年度${accountsName(identity)}`;

export const reportTitle = (identity: ReportIdentity): string =>
  `${identity.orgName}${yearTitle(identity)}`;

/** The four parts every report has (财预〔2016〕143号), in order. */
export const partTitles = (identity: ReportIdentity) =>
  ({
    overview: { ordinal: "第一部分", title: `${identity.orgName}概况` },
    tables: { ordinal: "第二部分", title: `${yearTitle(identity)}表` },
    narrative: { ordinal: "第三部分", title: `${yearTitle(identity)}情况说明` },
    glossary: { ordinal: "第四部分", title: "名词解释" },
  }) as const;

/** 2023-09-15 → 2023年9月15日. */
export function chineseDate(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
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
