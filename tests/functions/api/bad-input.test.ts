import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleAsPrinted } from "../../examples/as-printed.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const path = (rest: string) => `/api/reports/${id}${rest}`;
const stored = async () => ({
  head: await service.head(id),
  threads: await service.deps.threads.list(id),
  blobs: (await service.deps.vault.list("blobs/")).length,
});

interface Refused {
  readonly name: string;
  readonly who?: string;
  readonly method: "POST" | "PUT" | "GET";
  readonly path: () => string;
  readonly body?: unknown;
  readonly status: number;
  readonly code: string;
}

const table = (cells: Record<string, unknown>, key = "general") => ({
  base: null,
  value: { rows: [{ key, cells }] },
});

const refused: readonly Refused[] = [
  {
    name: "malformed JSON",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: '{"base": null, "value": ',
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a body that is JSON, but no object",
    method: "POST",
    path: () => path("/submit"),
    body: "[1,2]",
    status: 400,
    code: "invalid_request",
  },
  {
    name: "an unknown member",
    method: "POST",
    path: () => path("/submit"),
    body: { editionHash: "x" },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "an unknown member of the query",
    method: "GET",
    path: () => path("/events?limt=3"),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a page larger than allowed",
    method: "GET",
    path: () => path("/events?limit=101"),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "an unknown member within a table",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: { base: null, value: { rows: [], formula: "=1+1" } },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "text where money belongs",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: table({ final: "4914.20" }),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "money finer than 分",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: table({ final: 1.5 }),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "money past what can be added exactly",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: table({ final: 1e300 }),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a row that the form lacks",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: table({ final: 100 }, "lottery"),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a column that the form lacks",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: table({ budget: 100 }),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a figure in a cell that prints a dash",
    method: "PUT",
    path: () => path("/sections/t09"),
    body: table({ initial: 3 }, "abroad_groups"),
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a key meant for the prototype",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: '{"base":null,"value":{"rows":[{"key":"general","cells":{"__proto__":1}}]}}',
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a base that is no hash",
    method: "PUT",
    path: () => path("/sections/t01"),
    body: { base: "latest", value: { rows: [] } },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "an attachment nobody uploaded",
    method: "PUT",
    path: () => path("/sections/attachments"),
    body: {
      base: null,
      value: {
        files: [
          {
            sha256: "a".repeat(64),
            name: "自评表.pdf",
            contentType: "application/pdf",
            sizeBytes: 9,
            disclosed: true,
          },
        ],
      },
    },
    status: 422,
    code: "upload_missing",
  },
  {
    name: "an upload of a type not taken",
    method: "POST",
    path: () => path("/uploads"),
    body: { sha256: "a".repeat(64), name: "x.exe", contentType: "application/x-exe", sizeBytes: 9 },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "an upload larger than 20 MB",
    method: "POST",
    path: () => path("/uploads"),
    body: {
      sha256: "a".repeat(64),
      name: "x.pdf",
      contentType: "application/pdf",
      sizeBytes: 20 * 1024 * 1024 + 1,
    },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a section there is none of",
    method: "PUT",
    path: () => path("/sections/t11"),
    body: { base: null, value: { rows: [] } },
    status: 404,
    code: "not_found",
  },
  {
    name: "an id that is none",
    method: "GET",
    path: () => "/api/reports/..%2f..%2fetc",
    status: 404,
    code: "not_found",
  },
  {
    name: "an edition never handed in",
    method: "GET",
    path: () => path(`/diff?from=${"a".repeat(64)}`),
    status: 404,
    code: "not_found",
  },
  {
    name: "a section's hash in place of an edition's",
    method: "GET",
    path: () => path(`/editions/${"b".repeat(64)}/sections/t01`),
    status: 404,
    code: "not_found",
  },
  {
    name: "an address there is none of",
    method: "GET",
    path: () => "/api/secrets",
    status: 404,
    code: "not_found",
  },
  {
    name: "a method the address does not take",
    method: "PUT",
    path: () => path("/submit"),
    body: {},
    status: 405,
    code: "method_not_allowed",
  },
  {
    name: "a remark without words",
    method: "POST",
    path: () => path("/threads"),
    body: { anchor: { kind: "section", section: "t01" }, text: "   " },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a remark on a cell there is none of",
    method: "POST",
    path: () => path("/threads"),
    body: { anchor: { kind: "cell", cell: "t01/general/budget" }, text: "请核对" },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a remark on a sentence there is none of",
    method: "POST",
    path: () => path("/threads"),
    body: { anchor: { kind: "sentence", sentence: "no.such" }, text: "请核对" },
    status: 400,
    code: "invalid_request",
  },
  {
    name: "a report of a year not opened",
    method: "POST",
    path: () => "/api/reports",
    body: { region, year: 2023, orgCode: "137001" },
    status: 404,
    code: "not_found",
  },
  {
    name: "a report that is there already",
    method: "POST",
    path: () => "/api/reports",
    body: { region, year: 2022, orgCode: "137001" },
    status: 409,
    code: "already_exists",
  },
  {
    name: "an act on a version that is gone",
    method: "POST",
    path: () => path("/submit"),
    body: {},
    status: 412,
    code: "stale_version",
  },
];

describe("what is not right is refused in the one envelope, and nothing is stored", () => {
  it.each(refused)("$name", async (one) => {
    const before = await stored();
    const stale: Record<string, string> = one.code === "stale_version" ? { "if-match": '"1"' } : {};
    const answer = await service.call(one.who ?? "limin", one.method, one.path(), one.body, stale);
    expect(answer.status, JSON.stringify(answer.body)).toBe(one.status);
    expect(answer.body).toEqual({
      error: {
        code: one.code,
        message: expect.stringMatching(/[一-鿿].*[。]$/u) as string,
        requestId: answer.headers.get("x-request-id"),
        ...("details" in (answer.body as { error: object }).error
          ? { details: expect.anything() as unknown }
          : {}),
      },
    });
    expect(await stored()).toEqual(before);
  });

  it("a body larger than a function takes", async () => {
    const before = await stored();
    const body = JSON.stringify({ base: null, value: "九".repeat(2_200_000) });
    const answer = await service.call("limin", "PUT", path("/sections/narrative"), body);
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ error: { code: "too_large" } });
    expect(await stored()).toEqual(before);
  });

  it("a body that is not JSON by its own word", async () => {
    const answer = await service.call("limin", "POST", path("/submit"), "a=1", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: "invalid_request" } });
  });

  it("says what the address takes when asked with another method", async () => {
    const answer = await service.call("limin", "DELETE", path("/threads"));
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, POST");
  });

  it("names every faulty cell of a table, not only the first", async () => {
    const answer = await service.call("limin", "PUT", path("/sections/t01"), {
      base: (await service.head(id))?.sections.t01?.sha256,
      value: {
        rows: [
          { key: "general", cells: { budget: 1 } },
          { key: "lottery", cells: { final: 1 } },
        ],
      },
    });
    const { details } = (answer.body as { error: { details: { faults: { where: string }[] } } })
      .error;
    expect(details.faults).toHaveLength(2);
    for (const { where } of details.faults) expect(where).toContain("公开01表");
  });
});

describe("an import", () => {
  const send = (content: unknown, more: Record<string, unknown> = {}) =>
    service.call("limin", "POST", path("/imports"), {
      format: "json",
      content: typeof content === "string" ? content : JSON.stringify(content),
      ...more,
    });
  const printed = () =>
    structuredClone(exampleAsPrinted(loadExampleUnit("137001"))) as unknown as {
      department?: string;
      year: number;
      tables: Record<string, { rows: { code: string; values: string[] }[] }>;
    };
  const faultsOf = (answer: { body: unknown }) =>
    (answer.body as { error: { details: { faults: { where: string; message: string }[] } } }).error
      .details.faults;

  it("is taken in whole, at once", async () => {
    const answer = await send(printed());
    expect(answer.status).toBe(200);
    const head = await service.head(id);
    for (const { section, pointer } of (
      answer.body as { saved: { section: "t01"; pointer: object }[] }
    ).saved) {
      expect(head?.sections[section]).toEqual(pointer);
    }
  });

  it.each([
    [
      "another year's",
      (file: ReturnType<typeof printed>) => {
        file.year = 2021;
      },
      "2021",
    ],
    [
      "another office's",
      (file: ReturnType<typeof printed>) => {
        file.department = "景德镇市教育局";
      },
      "教育局",
    ],
    [
      "text where money belongs",
      (file: ReturnType<typeof printed>) => {
        const row = file.tables["t03"]?.rows[0];
        if (row !== undefined) row.values[0] = "约三百万";
      },
      "约三百万",
    ],
    [
      "an unknown code",
      (file: ReturnType<typeof printed>) => {
        const row = file.tables["t05"]?.rows.at(-1);
        if (row !== undefined) row.code = "9990101";
      },
      "9990101",
    ],
    [
      "a table there is none of",
      (file: ReturnType<typeof printed>) => {
        file.tables["t77"] = { rows: [] };
      },
      "t77",
    ],
  ] as const)("is refused whole for %s, the fault named", async (_, spoil, word) => {
    const before = await stored();
    const file = printed();
    spoil(file);
    const answer = await send(file);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ error: { code: "import_refused" } });
    const messages = faultsOf(answer)
      .map(({ where, message }) => where + message)
      .join("\n");
    expect(messages).toContain(word);
    expect((await stored()).head).toEqual(before.head);
  });

  it("names all faults of a file with several", async () => {
    const file = printed();
    const rows = file.tables["t03"]?.rows ?? [];
    for (const row of rows.slice(0, 3)) row.values[0] = "不详";
    expect(faultsOf(await send(file)).length).toBeGreaterThanOrEqual(3);
  });

  it("is refused when the file is not JSON, or holds no table", async () => {
    for (const content of ["not json", "{}", '{"year":2022,"tables":{}}', "[]", "null"]) {
      const answer = await send(content);
      expect(answer.status, content).toBe(422);
      expect(faultsOf(answer).length, content).toBeGreaterThan(0);
    }
    expect((await send("a,b\n1,2", { format: "csv" })).status).toBe(422);
  });
});

it("a request that fails within is answered plainly, and logged whole without the token", async () => {
  const token = await service.token("limin");
  const { vault } = service.deps;
  const get = vault.get.bind(vault);
  Object.assign(vault, { get: () => Promise.reject(new Error("The disk is gone.")) });
  const answer = await service.call(undefined, "GET", path("/sections/t01"), undefined, {
    authorization: `Bearer ${token}`,
  });
  Object.assign(vault, { get });
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toMatch(/disk|stack|Error/u);
  const { requestId } = (answer.body as { error: { requestId: string } }).error;
  const lines = service.lines.filter((line) => line.includes(requestId));
  expect(lines.some((line) => line.includes("The disk is gone."))).toBe(true);
  expect(service.lines.join("\n")).not.toContain(token);
});
