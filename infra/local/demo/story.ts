import { canonicalJson } from "../../../shared/canonical-json.ts";
import {
  consolidationResponse,
  findingsResponse,
  importResponse,
  publicationResponse,
  reportResponse,
  savedSectionResponse,
  sectionResponse,
  threadResponse,
  threadsResponse,
  yearResponse,
} from "../../../shared/contract/responses.ts";
import { cellValue, rowOf, type Report } from "../../../shared/report/report.ts";
import { tableSchema } from "../../../shared/forms/table-data.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { addDays, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import type { Host } from "../host.ts";
import { city } from "../seed/city.ts";
import { loadSeedReport, loadSeedUnit, seedUnits } from "../seed/reports/load-report.ts";
import { seedReason } from "../seed/reports/reasons.ts";
import { reportAsPrinted } from "./as-printed.ts";
import { signIn, type Colleague } from "./client.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Prints a step with its time when it is done. */
export type Step = <Value>(what: string, work: () => Promise<Value>) => Promise<Value>;

const region = "360200";
const year = 2022;
const reportPath = (orgCode: string) => `/reports/${region}-${String(year)}-${orgCode}`;

/** The persons counted twice over in one unit's 三公 table, and the figure they should be. */
const slip = { unit: "137002", cell: "t09/domestic_persons/final", typed: 21 } as const;

const preparerOf = {
  "137": "zhaolin",
  "137001": "limin",
  "137002": "zhouting",
  "137003": "chenyu",
};
const unitReviewerOf = { "137001": "wangqiang", "137002": "wugang", "137003": "hejing" };

/**
 * The whole job: the bureau opens the year, three units and their department fill in and submit, every
 * level acts, one report is returned once and mended, and all four are approved.
 * Answers the org codes whose reports must now become public.
 */
export async function tellStory(host: Host, step: Step): Promise<readonly string[]> {
  const people = await step("13 people sign in through the issuer's pages", () => everybody(host));
  const person = (id: string): Colleague => {
    const found = people.get(id);
    if (found === undefined) throw new Error(`Nobody is called ${id}.`);
    return found;
  };

  await step("许宁 opens the year 2022", async () => {
    const today = shanghaiDay(new Date().toISOString());
    await person("xuning").put(
      `/regions/${region}/years/${String(year)}`,
      {
        edition: "jiangxi-2022",
        status: "open",
        unitDue: addDays(today, 10),
        departmentDue: addDays(today, 20),
        bureauDue: addDays(today, 30),
        version: 0,
      },
      yearResponse,
    );
  });

  for (const unit of seedUnits) {
    const report = loadSeedUnit(unit);
    await step(`${report.identity.orgName}: tables imported, facts and reasons typed`, () =>
      fill(person(preparerOf[unit]), report),
    );
    if (unit === slip.unit) {
      await step("周婷 mistypes one cell, 12 persons as 21", () =>
        setCell(person(preparerOf[unit]), unit, slip.typed),
      );
    }
    await step(`${preparerOf[unit]} submits; ${unitReviewerOf[unit]} passes it`, async () => {
      await submit(person(preparerOf[unit]), unit);
      await approve(person(unitReviewerOf[unit]), unit);
    });
  }

  await step("孙涛 comments on the cell and returns the report of 137002", async () => {
    const reviewer = person("suntao");
    await reviewer.post(
      `${reportPath(slip.unit)}/threads`,
      {
        anchor: { kind: "cell", cell: slip.cell },
        text: "接待清单合计为12人次，请核对。",
        blocking: true,
      },
      threadResponse,
    );
    const { editionHash } = await reviewer.get(reportPath(slip.unit), reportResponse);
    await reviewer.post(
      `${reportPath(slip.unit)}/return`,
      { editionHash, reason: "国内公务接待人次与接待清单不符，请改正后重新提交。", to: "preparer" },
      reportResponse,
    );
  });
  await step(
    "周婷 mends the cell, answers and resubmits; 吴刚 passes it, 孙涛 settles the comment",
    async () => {
      const right = cellValue(loadSeedUnit(slip.unit).sections, {
        table: "t09",
        row: "domestic_persons",
        column: "final",
      });
      await setCell(person("zhouting"), slip.unit, right ?? 0);
      await entry(person("zhouting"), "answer", "已按接待清单改为12人次。");
      await submit(person("zhouting"), slip.unit);
      await approve(person("wugang"), slip.unit);
      await entry(person("suntao"), "resolve", "已核对接待清单。");
    },
  );

  for (const unit of seedUnits) {
    await step(`${unit}: both sign-offs, department and bureau approve`, async () => {
      await signOffs(person, unit);
      await approve(person("suntao"), unit);
      await approve(person("fengyuan"), unit, `景财决〔2023〕${unit.slice(-1)}号`);
    });
  }

  const department = loadSeedReport("jingdezhen-2022");
  await step(
    "The department adds up its units (汇总) and fills in what no table holds",
    async () => {
      await open(person("zhaolin"), "137");
      await type(person("zhaolin"), department);
      await addUp(person("zhaolin"), department);
    },
  );
  await step("The department submits, is signed off and approved", async () => {
    await submit(person("zhaolin"), "137");
    await signOffs(person, "137");
    await approve(person("suntao"), "137");
    await approve(person("fengyuan"), "137", "景财决〔2023〕12号");
  });

  const codes = [...seedUnits, "137"];
  await step("Four reports are printed and published by themselves", async () => {
    await host.settled();
    for (const code of codes) {
      const { status } = await person("shenbo").get(
        `${reportPath(code)}/publication`,
        publicationResponse,
      );
      if (status !== "published") throw new Error(`The report of ${code} is ${status}.`);
    }
  });
  return codes;
}

async function everybody(host: Host): Promise<ReadonlyMap<string, Colleague>> {
  const ids = city
    .filter(({ settings }) => settings.code === region)
    .flatMap(({ people }) => people.map(({ id }) => id));
  const signed = await Promise.all(ids.map((id) => signIn(host, id)));
  return new Map(signed.map((colleague) => [colleague.id, colleague]));
}

const open = (preparer: Colleague, orgCode: string) =>
  preparer.post("/reports", { region, year, orgCode }, reportResponse);

async function fill(preparer: Colleague, report: Report): Promise<void> {
  const { orgCode } = report.identity;
  await open(preparer, orgCode);
  await preparer.post(
    `${reportPath(orgCode)}/imports`,
    { format: "json", content: JSON.stringify(reportAsPrinted(report)), unit: "wan" },
    importResponse,
  );
  await type(preparer, report);
}

/** Facts, reasons and performance, section by section. */
async function type(preparer: Colleague, { identity, sections }: Report): Promise<void> {
  const { orgCode } = identity;
  for (const section of ["facts", "narrative", "performance"] as const) {
    const before = await preparer.get(
      `${reportPath(orgCode)}/sections/${section}`,
      sectionResponse,
    );
    await preparer.put(
      `${reportPath(orgCode)}/sections/${section}`,
      { base: before.pointer?.sha256 ?? null, value: sections[section] },
      savedSectionResponse,
    );
  }
}

/** 汇总 of the approved units; their sums must be the figures of the department's report. */
async function addUp(preparer: Colleague, { identity, sections, edition }: Report): Promise<void> {
  const path = `${reportPath(identity.orgCode)}/consolidation`;
  const { editionHash, pairs } = await preparer.get(path, consolidationResponse);
  const added = await preparer.post(
    path,
    { editionHash, confirmed: pairs.map(({ id }) => id), adjustments: [] },
    consolidationResponse,
  );
  if (added.reportType !== "stacked") throw new Error("The department was not added up.");
  for (const { id, title } of edition.forms) {
    const { value } = await preparer.get(
      `${reportPath(identity.orgCode)}/sections/${id}`,
      sectionResponse,
    );
    if (canonicalJson(tableSchema.parse(value)) !== canonicalJson(tableIn(sections, id))) {
      throw new Error(`The units do not add up to the department's ${title}.`);
    }
  }
}

/** Types a figure into the slip's cell, replacing its value. */
async function setCell(preparer: Colleague, orgCode: string, value: number): Promise<void> {
  const path = `${reportPath(orgCode)}/sections/t09`;
  const { pointer, value: stored } = await preparer.get(path, sectionResponse);
  const table = tableSchema.parse(stored);
  const row = rowOf(table, "domestic_persons");
  if (row === undefined) throw new Error("The table has no such row.");
  const rows = table.rows.map((one) =>
    one === row ? { ...row, cells: { ...row.cells, final: value } } : one,
  );
  await preparer.put(
    path,
    { base: pointer?.sha256 ?? null, value: { rows } },
    savedSectionResponse,
  );
}

/** Gives a reason for every warning that has none, or whose figures changed since it was given. */
async function explain(preparer: Colleague, orgCode: string): Promise<void> {
  const { findings } = await preparer.get(`${reportPath(orgCode)}/findings`, findingsResponse);
  for (const finding of findings) {
    if (finding.severity !== "warning" || finding.explanation !== undefined) continue;
    await preparer.post(
      `${reportPath(orgCode)}/explanations`,
      { finding: finding.id, reason: seedReason(finding) },
      savedSectionResponse,
    );
  }
}

async function submit(preparer: Colleague, orgCode: string): Promise<void> {
  await explain(preparer, orgCode);
  const { blocking, findings } = await preparer.get(
    `${reportPath(orgCode)}/findings`,
    findingsResponse,
  );
  if (blocking > 0) {
    const first = findings[0]?.message ?? "no message";
    throw new Error(`${orgCode} has ${String(blocking)} blocking findings, first: ${first}`);
  }
  await preparer.post(`${reportPath(orgCode)}/submit`, {}, reportResponse);
}

async function approve(reviewer: Colleague, orgCode: string, documentNumber?: string) {
  const { editionHash } = await reviewer.get(reportPath(orgCode), reportResponse);
  await reviewer.post(
    `${reportPath(orgCode)}/approve`,
    { editionHash, ...omitUndefined({ documentNumber }) },
    reportResponse,
  );
}

async function signOffs(person: (id: string) => Colleague, orgCode: string): Promise<void> {
  for (const [id, kind] of [
    ["qianli", "secrecy"],
    ["zhenghua", "principal"],
  ] as const) {
    const { editionHash } = await person(id).get(reportPath(orgCode), reportResponse);
    await person(id).post(
      `${reportPath(orgCode)}/sign-offs`,
      { editionHash, kind },
      reportResponse,
    );
  }
}

/** Adds to the one thread of the returned report. */
async function entry(colleague: Colleague, act: "answer" | "resolve", text: string) {
  const path = `${reportPath(slip.unit)}/threads`;
  const { items } = await colleague.get(path, threadsResponse);
  const [thread] = items;
  if (thread === undefined) throw new Error("The comment is gone.");
  await colleague.post(
    `${path}/${thread.id}/entries`,
    { act, text, version: thread.version },
    threadResponse,
  );
}
