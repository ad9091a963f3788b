import { afterAll, beforeAll, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { UnavailableError } from "../../../functions/storage/unavailable-error.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Service } from "./service.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

async function save(why: "full" | "busy") {
  const app = createApp({
    ...service.deps,
    reports: {
      ...service.deps.reports,
      saveSections: () => Promise.reject(new UnavailableError(why, new Error("disk"))),
    },
  });
  const head = await service.head(id);
  const ask = async (method: string, rest: string, body?: unknown) =>
    app.request(`/api/reports/${id}${rest}`, {
      method,
      headers: {
        authorization: `Bearer ${await service.token("limin")}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const t10 = tableIn(loadExampleUnit("137001").sections, "t10");
  const value = { rows: t10.rows.slice(0, -1) };
  const saved = await ask("PUT", "/sections/t10", { base: head?.sections.t10?.sha256, value });
  return { saved, read: await ask("GET", "/sections/t10"), head };
}

it.each([
  ["full", "60", "存储空间已满"],
  ["busy", "5", "暂时繁忙"],
] as const)(
  "a store that is %s is answered with 503, when to ask again, and words",
  async (why, wait, words) => {
    const before = service.lines.length;
    const { saved, read, head } = await save(why);
    expect(saved.status).toBe(503);
    expect(saved.headers.get("retry-after")).toBe(wait);
    const { error } = (await saved.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe("unavailable");
    expect(error.message).toContain(words);
    expect(error.message).toContain("没有确认保存");
    expect(read.status).toBe(200);
    expect((await service.head(id))?.version).toBe(head?.version);
    expect(service.lines.slice(before).some((line) => line.includes("UnavailableError"))).toBe(
      true,
    );
  },
);
