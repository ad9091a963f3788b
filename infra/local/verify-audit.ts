import "./quiet-sdk.ts";
import { parseArgs } from "node:util";
import { sha256 } from "../../functions/platform/ids.ts";
import {
  faultText,
  gapText,
  registryAnchorText,
  type FaultText,
} from "../../functions/use-cases/audit/fault-words.ts";
import type { AuditFault } from "../../functions/use-cases/audit/fault.ts";
import {
  verifyAnchoredRegistry,
  type AnchoredRegistry,
} from "../../functions/use-cases/audit/verify-registry.ts";
import { verifyReport, type Verification } from "../../functions/use-cases/audit/verify-report.ts";
import { verifyYear, yearsOf } from "../../functions/use-cases/audit/verify-year.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { registryFaultText } from "../../shared/registry/registry-words.ts";
import { openDataFolderToRead, type ReadDataFolder } from "./data-folder.ts";
import type { ContentReader } from "../../functions/use-cases/report-content.ts";
import { editionIfSound } from "../../functions/use-cases/stored-edition.ts";
import { loadServed } from "./installation/served.ts";

/**
 * `npm run verify-audit [-- --data DIR] [--region CODE] [--year YYYY] [--report ID] [--json]`: verifies
 * everything an installation has stored, and changes nothing. Exit 0 intact, 1 damaged, 2 not readable.
 */

const usage = `用法：npm run verify-audit [-- 选项]
  --data 文件夹     数据文件夹（默认 .data）
  --region 代码     只核对一个行政区划（六位数字）
  --year 年度       只核对一个年度
  --report 编号     只核对一份报告，如 360200-2022-137001
  --json            每行一个 JSON：每处问题一行，最后一行是合计`;

/** Why nothing can be verified, in one sentence. */
class Unreadable extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string", default: ".data" },
        region: { type: "string" },
        year: { type: "string" },
        report: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    if (values.year !== undefined && !/^\d{4}$/.test(values.year)) throw new Unreadable(usage);
    if (values.region !== undefined && !/^\d{6}$/.test(values.region)) throw new Unreadable(usage);
    return values;
  } catch {
    throw new Unreadable(usage);
  }
}
type Arguments = ReturnType<typeof readArguments>;

const whyNot = (folder: string) => ({
  absent: `${folder} 不是本系统的数据文件夹（其中没有 db），请用 --data 指明。`,
  in_use: `${folder} 正由运行中的系统使用，不能直接核对：请先停止系统，或核对停机时的备份；不停机时可在“办理记录”中核对单份报告（GET /api/reports/{id}/events/verification）。`,
  unreadable: `${folder} 中的数据库打不开，已经损坏，请从备份恢复。`,
});

async function openOrRefuse(folder: string): Promise<ReadDataFolder> {
  const opened = await openDataFolderToRead({ folder, sha256 });
  if (opened.ok) return opened.value;
  throw new Unreadable(whyNot(folder)[opened.error.code]);
}

/** One thing that was verified: a report, a region's registry, or a year of the portal. */
interface Step {
  readonly report: string;
  readonly name: string;
  readonly faults: readonly (FaultText & { readonly kind: string })[];
  readonly gaps: readonly FaultText[];
  readonly files: number;
}

async function reportStep(
  deps: ContentReader,
  { reportId, head, faults, gaps, files }: Verification,
): Promise<Step> {
  const edition = head && (await editionIfSound(deps, head.edition));
  return {
    report: reportId,
    name: head?.orgName ?? "",
    faults: faults.map((fault) => ({ kind: fault.kind, ...faultText(fault, edition) })),
    gaps: gaps.map(gapText),
    files,
  };
}

const portalStep = (faults: readonly AuditFault[]): Step => ({
  report: "",
  name: "公开网站",
  faults: faults.map((fault) => ({ kind: fault.kind, ...faultText(fault, undefined) })),
  gaps: [],
  files: 0,
});

const registryStep = ({ faults, anchorFaults }: AnchoredRegistry, region: string): Step => ({
  report: "",
  name: `${region} 单位、人员和年度`,
  faults: [
    ...anchorFaults.map((fault) => ({ kind: fault.kind, ...registryAnchorText(fault) })),
    ...faults.map((fault) => {
      const { where, what } = registryFaultText(fault);
      return { kind: `registry_${fault.at}_${fault.fault}`, place: where, message: what };
    }),
  ],
  gaps: [],
  files: 0,
});

/** Everything to be verified, narrowed by the arguments. */
async function* steps(
  data: ReadDataFolder,
  { data: folder, region, year, report }: Arguments,
): AsyncGenerator<Step> {
  const deps = { ...data, files: data.vault, sha256, editions: shippedEditions };
  if (report !== undefined) {
    const verification = await verifyReport(deps, report, "full");
    if (verification === undefined) throw new Unreadable(`没有编号为 ${report} 的报告。`);
    yield await reportStep(deps, verification);
    return;
  }
  const loaded = await loadServed(folder);
  if (!loaded.ok) throw new Unreadable(loaded.error.message);
  const served = loaded.value.regions;
  const regions = region === undefined ? served.map(({ code }) => code) : [region];
  for (const code of regions) {
    yield registryStep(await verifyAnchoredRegistry(deps, code), code);
    const prefix = served.find((one) => one.code === code)?.pathPrefix;
    const portalRoot = prefix === undefined || prefix === "" ? prefix : `${prefix.slice(1)}/`;
    const years = year === undefined ? await yearsOf(deps, code) : [Number(year)];
    for (const one of years) {
      for await (const found of verifyYear(deps, { region: code, year: one, portalRoot })) {
        yield "reportId" in found ? await reportStep(deps, found) : portalStep(found.faults);
      }
    }
  }
}

interface Tally {
  reports: number;
  damaged: number;
  faults: number;
  unchecked: number;
  files: number;
}

const write = (line: string) => process.stdout.write(`${line}\n`);

/** One line that replaces itself on a terminal; nothing where output is kept. */
function progress(line: string) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u{1b}[K${line}`);
}

function printStep({ report, name, faults, gaps }: Step, json: boolean): void {
  const of = [report, name].filter((part) => part !== "").join(" ");
  for (const { kind, place, message } of faults) {
    write(
      json
        ? JSON.stringify({ report, name, kind, place, message })
        : `[${of}] ${place}：${message}`,
    );
  }
  if (json) return;
  for (const { place, message } of gaps) write(`[${of}]（未能核对）${place}：${message}`);
}

async function run(values: Arguments): Promise<Tally> {
  const data = await openOrRefuse(values.data);
  const tally: Tally = { reports: 0, damaged: 0, faults: 0, unchecked: 0, files: 0 };
  try {
    for await (const step of steps(data, values)) {
      progress("");
      printStep(step, values.json);
      if (step.report !== "") {
        tally.reports += 1;
        if (step.faults.length > 0) tally.damaged += 1;
      }
      tally.faults += step.faults.length;
      tally.unchecked += step.gaps.length;
      tally.files += step.files;
      progress(`已核对 ${String(tally.reports)} 份报告，发现 ${String(tally.faults)} 处问题……`);
    }
  } finally {
    progress("");
    await data.close();
  }
  return tally;
}

function summary({ reports, damaged, faults, unchecked, files }: Tally): string {
  const checked = `核对了 ${String(reports)} 份报告、${String(files)} 个文件`;
  const open = unchecked === 0 ? "" : `，另有 ${String(unchecked)} 处未能核对`;
  return faults === 0
    ? `${checked}，全部完整${open}。`
    : `${checked}，发现 ${String(faults)} 处问题，涉及 ${String(damaged)} 份报告${open}。`;
}

try {
  const values = readArguments();
  const tally = await run(values);
  write(values.json ? JSON.stringify({ intact: tally.faults === 0, ...tally }) : summary(tally));
  process.exitCode = tally.faults === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
