import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { signIn, type Colleague } from "../../../infra/local/demo/client.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import {
  findingsResponse,
  reportResponse,
  threadsResponse,
} from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { shifted, type Change } from "../../shared/checks/sound-report.ts";
import { barriers, cellAt, openPart, useOffice } from "./office.ts";

const people = new Map<string, Colleague>();
const office = useOffice({
  prepare: async (host) => {
    const ids = [
      "zhouting",
      "wugang",
      "chenyu",
      "hejing",
      "suntao",
      "qianli",
      "zhenghua",
      "fengyuan",
    ];
    for (const id of ids) people.set(id, await signIn(host, id));
    await handIn(payer, { preparer: "zhouting", reviewer: "wugang", sections: ["t01", "t03"] });
    await handIn(payee, {
      preparer: "chenyu",
      reviewer: "hejing",
      sections: ["t01", "t02", "t03"],
    });
  },
});

const reportId = (orgCode: string) => `360200-2022-${orgCode}`;
const path = (orgCode: string, act = "") => `/reports/${reportId(orgCode)}${act}`;
const person = (id: string): Colleague => {
  const found = people.get(id);
  if (found === undefined) throw new Error(`Nobody is called ${id}.`);
  return found;
};

/** 2 万元 that 137002 passes on to 137003, and 1 万元 that it books as paid to its superior and nobody as received. */
const passedOn = 2_000_000;
const astray = 1_000_000;
const by = (amount: number, ...cells: readonly string[]): Change =>
  Object.fromEntries(cells.map((cell) => [cell, amount]));
const rows = ["total", "201", "20103", "2010350"];
const payer = shifted(loadExampleUnit("137002"), {
  ...by(passedOn, ...rows.map((row) => `t03/${row}/to_affiliate`)),
  ...by(passedOn + astray, ...rows.map((row) => `t03/${row}/total`)),
  ...by(astray, ...rows.map((row) => `t03/${row}/to_superior`)),
  ...by(passedOn + astray, "t01/201/final", "t01/expense_total/final"),
  ...by(-passedOn - astray, "t01/closing/final"),
});
const payee = shifted(loadExampleUnit("137003"), {
  ...by(passedOn, ...rows.flatMap((row) => [`t02/${row}/total`, `t02/${row}/superior`])),
  ...by(passedOn, "t01/superior/final", "t01/income_total/final", "t01/income_sum/final"),
  ...by(passedOn, ...rows.flatMap((row) => [`t03/${row}/total`, `t03/${row}/basic`])),
  ...by(passedOn, "t01/201/final", "t01/expense_total/final", "t01/expense_sum/final"),
});

interface Course {
  readonly preparer: string;
  readonly reviewer: string;
  readonly sections: readonly SectionId[];
}

/** Through the API: sections saved over those that are stored, submitted, signed off and approved at every level. */
async function handIn({ identity, sections: values }: Report, course: Course): Promise<void> {
  const { orgCode } = identity;
  const preparer = person(course.preparer);
  const head = () => preparer.get(path(orgCode), reportResponse);
  const { status } = await head();
  const reason = "设备数量更正";
  if (status === "in_review") {
    await preparer.post(path(orgCode, "/withdraw"), { reason }, reportResponse);
  }
  if (status === "published") {
    await preparer.post(path(orgCode, "/correct"), { reason }, reportResponse);
  }
  for (const section of course.sections) {
    const at = path(orgCode, `/sections/${section}`);
    const { pointer } = await preparer.get(at, pointerSchema);
    const value = values[section];
    await preparer.put(at, { base: pointer?.sha256 ?? null, value }, z.unknown());
  }
  const open = (await preparer.get(path(orgCode, "/findings"), findingsResponse)).findings;
  for (const finding of open) {
    if (finding.severity !== "warning" || finding.explanation !== undefined) continue;
    const explanation = { finding: finding.id, reason: seedReason(finding) };
    await preparer.post(path(orgCode, "/explanations"), explanation, z.unknown());
  }
  const { blocking, findings } = await preparer.get(path(orgCode, "/findings"), findingsResponse);
  if (blocking > 0) throw new Error(findings.map(({ message }) => message).join("\n"));
  await preparer.post(path(orgCode, "/submit"), {}, reportResponse);
  const { editionHash } = await head();
  const act = (id: string, what: string, body: object = {}) =>
    person(id).post(path(orgCode, what), { editionHash, ...body }, z.unknown());
  // The seed's remarks are the department's, which settles them.
  const department = person("suntao");
  const threads = await department.get(path(orgCode, "/threads"), threadsResponse);
  for (const { id, version, status: standing } of threads.items) {
    if (standing !== "open") continue;
    const entry = { act: "resolve", text: "已核对执行数。", version };
    await department.post(path(orgCode, `/threads/${id}/entries`), entry, z.unknown());
  }
  await act(course.reviewer, "/approve");
  await act("qianli", "/sign-offs", { kind: "secrecy" });
  await act("zhenghua", "/sign-offs", { kind: "principal" });
  await act("suntao", "/approve");
  await act("fengyuan", "/approve", { documentNumber: "景财决〔2023〕18号" });
}

const pointerSchema = z.object({ pointer: z.object({ sha256: z.string() }).optional() });

const row = (page: Page, table: string, text: string | RegExp) =>
  page.getByRole("region", { name: table }).getByRole("row").filter({ hasText: text });

async function addUp(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("dialog").getByRole("button", { name: label }).click();
  await page.getByText("已汇总。").waitFor();
}

describe("汇总 on the screen", () => {
  it("takes a flow off both sides, shows the sums, and leads from each to its units", async () => {
    const page = await office.seat("zhaolin");
    await page.goto(`${office.host.staffUrl}${path("137", "/consolidation")}`);
    await page.getByText("报表类型：汇总录入表").waitFor();
    await page
      .getByRole("checkbox", { name: "抵销景德镇市公共资源交易中心与景德镇市政务服务代办中心" })
      .check();
    const unit = row(page, "所属单位", "景德镇市政务服务代办中心");
    await unit.getByText("完成").nth(3).waitFor();
    await unit.getByText("已批复，未汇总").waitFor();
    const alone = row(page, "只在支出方列示", "上缴上级支出");
    await alone.getByText("景德镇市公共资源交易中心").waitFor();
    await alone.getByText("1.00").waitFor();
    await page.getByRole("region", { name: "只在收入方列示" }).getByText("这一方没有。").waitFor();
    expect(await barriers(page)).toEqual([]);
    await addUp(page, "生成汇总");
    await page.getByText("报表类型：叠加汇总表（单户表 3 份，调整表分录 1 笔）").waitFor();

    await openPart(page, "收入支出决算总表");
    await cellAt(page, "t01/income_total/final").getByText("4,654.86").waitFor();
    await cellAt(page, "t01/superior/final").getByText("0.00").waitFor();
    await page.goto(
      `${office.host.staffUrl}${path("137", "/consolidation?cell=t01/income_total/final")}`,
    );
    const parts = page.getByRole("complementary", { name: "汇总数的组成" });
    await parts.getByText("合计 4,654.86万元").waitFor();
    await parts.getByText("抵销内部往来", { exact: false }).waitFor();
    await parts.getByRole("link", { name: "景德镇市政务服务代办中心" }).click();
    await page.waitForURL(/360200-2022-137003\/t01/u);
    await cellAt(page, "t01/income_total/final").getByText("172.33").waitFor();
  });

  it("is out of date once a unit was approved anew, in the very cells that moved, until it is done again", async () => {
    await office.host.settled();
    await handIn(shifted(payee, { "t10/equipment/final": 3 }), {
      preparer: "chenyu",
      reviewer: "hejing",
      sections: ["t10"],
    });
    const page = await office.seat("zhaolin");
    await page.goto(`${office.host.staffUrl}${path("137", "/consolidation")}`);
    await page
      .getByText("汇总已过期：景德镇市政务服务代办中心在汇总之后有变化，涉及 1 个数字")
      .waitFor();
    const unit = row(page, "所属单位", "景德镇市政务服务代办中心");
    await unit.getByText("重新批复，须重新汇总").waitFor();
    await unit.getByText("1 个数字变动：国有资产占用情况表").waitFor();
    const moved = row(page, "汇总之后变动的数字", /单价100万元/u);
    await moved.getByText("137003").waitFor();
    expect(await barriers(page)).toEqual([]);
    await openPart(page, "审核结果");
    await page
      .getByText(/137003 景德镇市政务服务代办中心：汇总之后重新上报并批复/u)
      .first()
      .waitFor();

    await openPart(page, "汇总");
    await addUp(page, "重新汇总");
    await page.getByText(/汇总已过期/u).waitFor({ state: "detached" });
    await openPart(page, "国有资产占用情况表");
    await cellAt(page, "t10/equipment/final").getByText("3", { exact: true }).waitFor();
  });
}, 120_000);
