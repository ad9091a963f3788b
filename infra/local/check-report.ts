import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import type { ReportFinding } from "../../shared/checks/text/report-finding.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { isCodedError } from "../../functions/platform/errors.ts";

/** `npm run check-report -- FILE [--json] [--edition ID]`: what is wrong in a published report, worst first. */

const usage =
  "用法：npm run check-report -- 文件（.txt、.json、.xlsx 或 .xls） [--json] [--edition 版式]";

/** Why a file cannot be checked, in one sentence. */
class Unreadable extends Error {}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        edition: { type: "string" },
      },
    });
  } catch {
    throw new Unreadable(usage);
  }
}

async function check(file: string, edition: string | undefined): Promise<ReportFinding[]> {
  const kind = extname(file).toLowerCase();
  if (kind === ".xlsx" || kind === ".xls") return checkWorkbook(file, edition);
  const how = conversions[kind];
  if (how !== undefined) throw new Unreadable(`${file}：不能直接检查 ${kind} 文件，${how}。`);
  if (kind !== ".txt" && kind !== ".json") {
    throw new Unreadable(`${file}：只能检查 .txt、.json、.xlsx 和 .xls 文件。`);
  }
  if (kind === ".txt") {
    const [text, { checkPrintedText }] = await Promise.all([
      readText(file),
      import("../../shared/checks/text/check-printed-text.ts"),
    ]);
    return checkPrintedText(text, await editionsNamed(edition));
  }
  const [text, { checkPrintedReport }] = await Promise.all([
    readText(file),
    import("../../shared/checks/text/check-printed-report.ts"),
  ]);
  const result = checkPrintedReport(parsedJson(file, text), await editionsNamed(edition));
  if (!result.ok) throw new Unreadable(`${file}：${whyNot[result.error]}`);
  return result.value;
}

async function checkWorkbook(file: string, edition: string | undefined) {
  const { readWorkbookReport } = await import("../../functions/use-cases/workbook/read-tables.ts");
  const { checkReadTables } = await import("../../shared/checks/text/check-printed-report.ts");
  const read = await readWorkbookReport(await readBytes(file), await editionsNamed(edition));
  if (read.ok) return checkReadTables(read.value);
  const [fault] = read.error;
  throw new Unreadable(`${file}：${fault?.message ?? "读不出其中的表格。"}`);
}

const whyNot = {
  not_a_report: "不是决算报告：应有 year（年度）和 tables（各表），正文在 narrative。",
  unknown_unit: "unit（金额单位）应为“元”或“万元”。",
  no_tables: "tables 里没有一张决算报表（t01 至 t10）。",
} as const;

function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    const code = isCodedError(error) ? String(error.code) : "";
    throw new Unreadable(
      `${file}：${code === "ENOENT" ? "没有这个文件。" : `文件读不出来（${code}）。`}`,
    );
  });
}

async function readText(file: string): Promise<string> {
  const text = decoded(await readBytes(file));
  if (text === undefined || text.includes("\0")) throw new Unreadable(`${file}：不是文本文件。`);
  if (text.trim() === "") throw new Unreadable(`${file}：文件是空的。`);
  return text;
}

/** How to make a text of files that people have at hand. */
const conversions: { readonly [kind: string]: string | undefined } = {
  ".pdf": "请先转成文本：pdftotext -layout 报告.pdf 报告.txt",
  ".docx": "请先在文字处理软件里另存为纯文本（.txt）",
  ".doc": "请先在文字处理软件里另存为纯文本（.txt）",
  ".wps": "请先在文字处理软件里另存为纯文本（.txt）",
  ".ofd": "请先转成 PDF，再转成文本：pdftotext -layout 报告.pdf 报告.txt",
};

/** By its byte order mark; else UTF-8, UTF-16 by its zero bytes, or GB 18030 as older office software writes it. */
function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of encodingsOf(bytes)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  return undefined;
}

function encodingsOf(bytes: Uint8Array): readonly string[] {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return ["utf-16le"];
  if (first === 0xfe && second === 0xff) return ["utf-16be"];
  const zeros = [0, 1].map(
    (side) => bytes.slice(0, 4_000).filter((byte, at) => byte === 0 && at % 2 === side).length,
  );
  // Digits, spaces and line ends have one zero byte of two, always on the same side; few Chinese letters have one.
  const [even = 0, odd = 0] = zeros;
  if (odd > 2 && odd > 3 * even) return ["utf-16le"];
  if (even > 2 && even > 3 * odd) return ["utf-16be"];
  return ["utf-8", "gb18030"];
}

function parsedJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Unreadable(`${file}：不是有效的 JSON。`);
  }
}

async function editionsNamed(id: string | undefined) {
  const { shippedEditions } = await import("../../shared/editions/shipped-editions.ts");
  if (id === undefined) return shippedEditions.all;
  const edition = shippedEditions.byId(id);
  if (edition !== undefined) return [edition];
  const known = shippedEditions.listed.map((one) => one.id).join("、");
  throw new Unreadable(`没有版式“${id}”，可用的有：${known}。`);
}

const published = ({
  rule,
  severity,
  quote,
  line,
  cells,
  expected,
  actual,
  message,
}: ReportFinding) => ({
  rule,
  severity,
  ...(quote === undefined ? {} : { quote, line }),
  ...omitUndefined({ cells }),
  expected: expected ?? null,
  actual: actual ?? null,
  message,
});

const names = { error: "错误", warning: "需说明", hint: "提示" } as const;

function inWords(file: string, findings: readonly ReportFinding[]): string {
  const counts = (["error", "warning", "hint"] as const).map(
    (severity) =>
      `${names[severity]}${findings.filter((finding) => finding.severity === severity).length}`,
  );
  const lines = findings.map(
    ({ rule, severity, message }) => `[${names[severity]}] ${rule} ${message}`,
  );
  return [...lines, `${file}：${counts.join("，")}。`].join("\n");
}

try {
  const { values, positionals } = readArguments();
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Unreadable(usage);
  const findings = await check(file, values.edition);
  const text = values.json
    ? JSON.stringify(findings.map(published), undefined, 2)
    : inWords(file, findings);
  process.stdout.write(`${text}\n`);
  process.exitCode = findings.some(({ severity }) => severity === "error") ? 1 : 0;
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
