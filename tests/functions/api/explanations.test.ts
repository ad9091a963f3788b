import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FindingsView, FindingView, ReportView } from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { Explanations, Narrative } from "../../../shared/report/sections.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Service } from "./service.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.bring("137001", "draft");
});
afterAll(() => service.close());

const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body as Body;
}

async function refusal(...request: Parameters<Service["call"]>) {
  const { status, body } = await service.call(...request);
  const { error } = body as { error: { code: string; message: string; details?: unknown } };
  return { status, code: error.code, message: error.message, details: error.details };
}

const findings = (who = "limin") => ok<FindingsView>(who, "GET", at("/findings"));
const warnings = async () =>
  (await findings()).findings.filter(({ severity }) => severity === "warning");
const findingAt = async (slot: string): Promise<FindingView> => {
  const found = (await warnings()).find((finding) => finding.slot === slot);
  if (found === undefined) throw new Error(`Nothing is found at ${slot}.`);
  return found;
};
const explain = (finding: Pick<FindingView, "id">, reason: string, who = "limin") =>
  [who, "POST", at("/explanations"), { finding: finding.id, reason }] as const;
const stored = async () =>
  (await ok<{ value: Explanations }>("shenbo", "GET", at("/sections/explanations"))).value.entries;
const submit = () => service.call("limin", "POST", at("/submit"), {});
const standingSection = async () => (await service.head(id))?.sections.explanations;

/** 雪亮工程 among them: 完成年初预算的330.50%. */
const slot = "fiscal.total";
const cell = "t04/expense_total/total";
const good = "雪亮工程和智慧城管的建设资金在年中下达，未列入年初预算";

async function withdrawAll(): Promise<void> {
  for (const { id: explanation } of await stored()) {
    await ok("limin", "DELETE", at(`/explanations/${explanation}`));
  }
}

/** Types a figure over what is in 公开04表. */
async function setTotal(value: number): Promise<void> {
  const section = await ok<{ pointer: { sha256: string }; value: TableData }>(
    "limin",
    "GET",
    at("/sections/t04"),
  );
  const rows = section.value.rows.map((row) =>
    row.key === "expense_total" ? { ...row, cells: { ...row.cells, total: value } } : row,
  );
  await ok("limin", "PUT", at("/sections/t04"), { base: section.pointer.sha256, value: { rows } });
}

describe("a warning", () => {
  it("keeps the report from being handed in until each has its reason", async () => {
    await withdrawAll();
    const all = await warnings();
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter(({ explanation }) => explanation !== undefined)).toEqual([]);
    for (const [index, finding] of all.entries()) {
      expect((await findings()).blocking).toBe(all.length - index);
      const answer = await submit();
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        error: {
          code: "blocking_findings",
          message: `还有 ${String(all.length - index)} 处错误未改正或警告未说明，不能提交。`,
          details: { count: all.length - index },
        },
      });
      await ok(...explain(finding, seedReason(finding)));
    }
    const { blocking, ledger } = await findings();
    expect(blocking).toBe(0);
    expect(ledger.filter(({ outcome }) => outcome === "explained").map(({ rule }) => rule)).toEqual(
      [...new Set(all.map(({ rule }) => rule))].sort(),
    );
  });

  it("is given with the reason typed in the narrative, where it would do", async () => {
    await withdrawAll();
    const typed = loadExampleUnit("137001").sections.narrative.reasons[slot];
    expect(await findingAt(slot)).toMatchObject({ suggested: typed });
    const before = await ok<{ pointer: { sha256: string }; value: Narrative }>(
      "limin",
      "GET",
      at("/sections/narrative"),
    );
    const put = async (reason: string, base: string) =>
      (
        await ok<{ pointer: { sha256: string } }>("limin", "PUT", at("/sections/narrative"), {
          base,
          value: { ...before.value, reasons: { ...before.value.reasons, [slot]: reason } },
        })
      ).pointer.sha256;
    const weak = await put("预算执行情况良好", before.pointer.sha256);
    const finding = await findingAt(slot);
    expect(finding).not.toHaveProperty("suggested");
    // Nor does what is typed there explain, adequate or not.
    expect(finding).not.toHaveProperty("explanation");
    await put(typed ?? "", weak);
    expect(await findingAt(slot)).not.toHaveProperty("explanation");
  });

  it("is explained with author and time of the server, not of the request", async () => {
    service.at("2023-08-02T03:00:00.000Z");
    const finding = await findingAt(slot);
    await ok(...explain(finding, `  ${good} `));
    const [entry] = await stored();
    expect(entry).toMatchObject({
      finding: finding.id,
      rule: "R222",
      cells: [cell],
      slot,
      reason: good,
      by: "limin",
      byName: "limin名",
      at: "2023-08-02T03:00:00.000Z",
    });
    expect(await findingAt(slot)).toMatchObject({
      explanation: { reason: good, byName: "limin名", at: "2023-08-02T03:00:00.000Z" },
    });
    const claimed = { finding: finding.id, reason: good, by: "wangqiang", byName: "王强" };
    expect(await refusal("limin", "POST", at("/explanations"), claimed)).toMatchObject({
      status: 400,
      code: "invalid_request",
    });
    expect(await stored()).toEqual([entry]);
  });

  it("may be explained anew by a colleague, who is then its author", async () => {
    service.at("2023-08-02T04:00:00.000Z");
    const other = "智慧城管的建设资金由市里在8月追加";
    await ok(...explain(await findingAt(slot), other, "heping"));
    expect((await stored()).map(({ byName, reason }) => ({ byName, reason }))).toEqual([
      { byName: "heping名", reason: other },
    ]);
  });

  it("goes into the narrative as its reason, and reviewers read it", async () => {
    await ok(...explain(await findingAt(slot), good));
    const { chapters } = await ok<{
      chapters: { paragraphs: { sentences: { id: string; text: string }[] }[] }[];
    }>("limin", "GET", at("/narrative"));
    const sentences = chapters.flatMap(({ paragraphs }) => paragraphs.flatMap((p) => p.sentences));
    expect(sentences.find((sentence) => sentence.id === "fiscal.total")?.text).toContain(good);
    const seen = (await findings("wangqiang")).findings.find((finding) => finding.slot === slot);
    expect(seen?.explanation).toMatchObject({ reason: good, byName: "limin名" });
  });
});

describe("an explanation", () => {
  it("is void when the figure changes, offered again, and the submit refused again", async () => {
    await service.explain("limin", id);
    expect((await findings()).blocking).toBe(0);
    const was = tableIn(loadExampleUnit("137001").sections, "t04").rows.find(
      ({ key }) => key === "expense_total",
    )?.cells["total"];
    await setTotal((was ?? 0) + 1);
    const moved = await findingAt(slot);
    expect(moved).not.toHaveProperty("explanation");
    expect(moved.voided).toMatchObject({ reason: good, byName: "limin名" });
    expect((await findings()).blocking).toBeGreaterThan(0);
    expect((await submit()).status).toBe(422);
    await setTotal(was ?? 0);
    expect((await findingAt(slot)).explanation).toMatchObject({ reason: good });
    expect((await findings()).blocking).toBe(0);
  });

  it("is taken back by its id, once, and the warning asks again", async () => {
    const { explanation } = await findingAt(slot);
    const path = at(`/explanations/${explanation?.id ?? ""}`);
    await ok("limin", "DELETE", path);
    expect((await findings()).blocking).toBe(1);
    expect(await findingAt(slot)).not.toHaveProperty("voided");
    expect(await refusal("limin", "DELETE", path)).toMatchObject({ status: 404 });
    await ok(...explain(await findingAt(slot), good));
  });

  it("is not lost when colleagues explain different warnings at once", async () => {
    const all = (await warnings()).slice(0, 6);
    await withdrawAll();
    await Promise.all(
      all.map((finding, index) =>
        ok(...explain(finding, seedReason(finding), index % 2 === 0 ? "limin" : "heping")),
      ),
    );
    expect((await stored()).map(({ finding }) => finding).sort()).toEqual(
      all.map((finding) => finding.id).sort(),
    );
  });

  it("is part of the submission and shown to who compares two", async () => {
    await service.explain("limin", id);
    const answer = await submit();
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { editionHash } = answer.body as ReportView;
    await ok("limin", "POST", at("/withdraw"), { reason: "附件传错" });
    const anew = "雪亮工程资金由市里在6月追加下达";
    await ok(...explain(await findingAt(slot), anew));
    const { explanations } = await ok<{ explanations: object[] }>(
      "wangqiang",
      "GET",
      at(`/diff?from=${editionHash}`),
    );
    expect(explanations).toContainEqual(
      expect.objectContaining({ rule: "R222", cell, new: anew }) as unknown,
    );
  });
});

describe("an explanation is refused", () => {
  it.each([
    ["", "empty"],
    ["忘了", "too_short"],
    ["预算执行情况良好", "stock"],
    ["主要原因是：据实列支，工作需要。", "stock"],
    ["增加是因为增加", "repeats"],
  ])("that says nothing: %j", async (reason, fault) => {
    const before = await standingSection();
    const refused = await refusal(...explain(await findingAt(slot), reason));
    expect(refused).toMatchObject({ status: 422, code: "weak_reason", details: { fault } });
    expect(refused.message).toContain("请写明是什么事项、发生了什么变化，例如");
    expect(await standingSection()).toEqual(before);
  });

  it("that already explains two other figures", async () => {
    await withdrawAll();
    const different = (await warnings()).filter(
      (finding, index, all) =>
        all.findIndex(({ difference }) => difference === finding.difference) === index,
    );
    const [first, second, third] = different;
    if (first === undefined || second === undefined || third === undefined) throw new Error("few");
    await ok(...explain(first, good));
    await ok(...explain(second, `${good}。`));
    expect(await refusal(...explain(third, good))).toMatchObject({
      status: 422,
      details: { fault: "reused" },
    });
    // The same about the first again is no third use.
    await ok(...explain(first, good));
    expect(await stored()).toHaveLength(2);
  });

  it("of a figure that moved meanwhile, or of nothing", async () => {
    const { id: known = "" } = await findingAt(slot);
    for (const gone of [known.replace(/=\d+/u, "=1"), "R999", `${known}|`]) {
      expect(await refusal(...explain({ id: gone }, good))).toMatchObject({
        status: 412,
        code: "stale_version",
      });
    }
  });

  it("of an error or a hint", async () => {
    const was = tableIn(loadExampleUnit("137001").sections, "t04").rows.find(
      ({ key }) => key === "expense_total",
    )?.cells["total"];
    await setTotal((was ?? 0) + 50_000_000);
    const { findings: all } = await findings();
    const error = all.find(({ severity }) => severity === "error");
    await setTotal((was ?? 0) + 1);
    const hint = (await findings()).findings.find(({ severity }) => severity === "hint");
    if (error === undefined || hint === undefined) throw new Error("no error, no hint");
    const before = await standingSection();
    expect(await refusal(...explain(hint, good))).toMatchObject({
      status: 400,
      code: "invalid_request",
      message: expect.stringContaining("提示无须说明") as unknown,
    });
    await setTotal((was ?? 0) + 50_000_000);
    expect(await refusal(...explain(error, good))).toMatchObject({
      status: 400,
      message: expect.stringContaining("错误须改正") as unknown,
    });
    expect(await standingSection()).toEqual(before);
    await setTotal(was ?? 0);
  });

  it("of who may read it only, and to a stranger there is no such report", async () => {
    const finding = await findingAt(slot);
    for (const who of ["wangqiang", "suntao", "fengyuan", "shenbo"]) {
      expect(await refusal(...explain(finding, good, who))).toMatchObject({ code: "wrong_role" });
    }
    for (const who of ["waibu", "zhouting", "panyun", "stranger"]) {
      expect(await refusal(...explain(finding, good, who))).toMatchObject({ status: 404 });
    }
  });

  it("that came as a whole section: they are given one by one", async () => {
    const before = await standingSection();
    const whole = { base: before?.sha256 ?? null, value: { entries: await stored() } };
    expect(await refusal("limin", "PUT", at("/sections/explanations"), whole)).toMatchObject({
      status: 400,
      details: { faults: [{ where: "审核说明" }] },
    });
    expect(await standingSection()).toEqual(before);
  });

  it("once the report was handed in", async () => {
    await service.explain("limin", id);
    const finding = await findingAt(slot);
    await ok("limin", "POST", at("/submit"), {});
    expect(await refusal(...explain(finding, good))).toMatchObject({
      status: 409,
      code: "wrong_status",
    });
    const path = at(`/explanations/${finding.explanation?.id ?? ""}`);
    expect(await refusal("limin", "DELETE", path)).toMatchObject({ code: "wrong_status" });
  });
});
