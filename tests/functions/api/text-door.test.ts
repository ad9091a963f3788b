import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { findingsResponse } from "../../../shared/contract/responses.ts";
import { sectionSchema } from "../../../shared/report/sections.ts";
import { recordIds } from "../../../shared/report/section-ids.ts";
import { region, startService, type Service } from "./service.ts";
import { everyMember, everyOrg } from "../enter.ts";

/** A JSON schema as far as the description of the API uses it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly "application/json": { schema: Schema } } };
}

/** One of each kind that is refused, by the code point the refusal has to name. */
const hostile = [
  ["U+0000", "甲\u0000乙"],
  ["U+0007", "甲\u0007\u001b[31m乙"],
  ["U+0085", "甲\u0085乙"],
  ["U+200B", "甲\u200b乙"],
  ["U+2028", "甲\u2028乙"],
  ["U+202E", "合同\u202efdp.exe"],
  ["U+2067", "甲\u2067乙"],
  ["U+FEFF", "甲\ufeff乙"],
  ["U+D800", "甲\ud800乙"],
  ["U+FFFE", "甲\ufffe乙"],
  ["U+E0041", "甲\u{e0041}乙"],
] as const;

const ofAddresses: ReadonlySet<string> = new Set(["U+0000", "U+202E", "U+E0041"]);

let service: Service;
let id: string;
let authorization: string;
let operations: readonly { method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
  authorization = `Bearer ${await service.token("xuning")}`;
  const answer = await service.call(undefined, "GET", "/api/openapi.json");
  const { paths } = answer.body as { paths: Record<string, Record<string, Operation>> };
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
});
afterAll(() => service.close());

const stored = async () => ({
  head: await service.head(id),
  threads: await service.deps.threads.list(id),
  orgs: await everyOrg(service.deps.registry, region),
  members: await everyMember(service.deps.registry, region),
  years: await service.deps.registry.years(region),
  blobs: (await service.deps.vault.list("blobs/")).length,
});

const parameters: Readonly<Record<string, string>> = {
  region,
  orgCode: "137001",
  year: "2022",
  section: "narrative",
  subject: "limin",
};
const addressOf = (path: string, own: Readonly<Record<string, string>> = {}) =>
  path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => own[name] ?? parameters[name] ?? id);

type Path = readonly (string | number)[];

/** Every place of a schema where a text may be, with a value that leads there. */
function textPlaces(schema: Schema, path: Path = []): Path[] {
  if (schema.const !== undefined || schema.enum !== undefined) return [path];
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return branches.flatMap((branch) => textPlaces(branch, path));
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([key, member]) =>
      textPlaces(member, [...path, key]),
    );
  }
  if (schema.items !== undefined) return textPlaces(schema.items, [...path, 0]);
  if (typeof schema.additionalProperties === "object") {
    return textPlaces(schema.additionalProperties, [...path, "x"]);
  }
  return schema.type === undefined || [schema.type].flat().includes("string") ? [path] : [];
}

const distinct = (paths: readonly Path[]): Path[] => [
  ...new Map(paths.map((path) => [path.join("."), path])).values(),
];

/** Whole files: their cells are looked at where they are read. */
const isFile = (path: Path) => path.at(-1) === "content";

/** How many faults one answer names at most. */
const mostIssues = 20;

interface Body {
  readonly places: Path[];
  readonly value: Record<string, unknown>;
}

/**
 * Bodies with the text at every place between them: two places that are alternatives of one another cannot be in
 * one body, nor more than an answer names.
 */
function bodiesWith(places: readonly Path[], text: string): Body[] {
  const bodies: Body[] = [];
  for (const place of places) {
    const fits = bodies.find(
      (body) => body.places.length < mostIssues - 6 && put(body.value, place, text),
    );
    if (fits !== undefined) fits.places.push(place);
    else {
      const value = {};
      put(value, place, text);
      bodies.push({ places: [place], value });
    }
  }
  return bodies;
}

/** Sets a place of a value; not where another value is already. */
function put(root: Record<string, unknown>, path: Path, text: string): boolean {
  let at: Record<string | number, unknown> = root;
  for (const [index, key] of path.slice(0, -1).entries()) {
    at[key] ??= typeof path[index + 1] === "number" ? [] : {};
    const below = at[key];
    const isList = typeof path[index + 1] === "number";
    if (typeof below !== "object" || below === null || Array.isArray(below) !== isList)
      return false;
    at = below as Record<string | number, unknown>;
  }
  const last = path.at(-1) ?? "";
  if (at[last] !== undefined) return false;
  at[last] = text;
  return true;
}

interface Refused {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details?: {
      readonly issues?: readonly { readonly path: string; readonly message: string }[];
    };
  };
}

/** A request by the administrator, whose token is made once. */
const send = (method: string, path: string, body?: unknown) =>
  service.call(undefined, method, path, body, { authorization });

const namesAll = (answer: { status: number; body: unknown }, count: number, code: string) => {
  const { error } = answer.body as Refused;
  const messages = error.details?.issues?.map(({ message }) => message) ?? [];
  return {
    ...{ status: answer.status, code: error.code, count: messages.length },
    named: messages.every((message) => message.includes(code)),
    expected: { status: 400, code: "invalid_request", count, named: true },
  };
};

describe("no route takes a text that cannot be read as it is stored", () => {
  it("wherever its description has a text: in a body, a query, an address", async () => {
    const before = await stored();
    let places = 0;
    for (const { method, path, operation } of operations) {
      const { parameters: declared = [], requestBody } = operation;
      const schema = requestBody?.content["application/json"].schema;
      const inBody = schema === undefined ? [] : distinct(textPlaces(schema));
      const inPath = declared.filter((parameter) => parameter.in === "path");
      const inQuery = declared.filter((parameter) => parameter.in === "query");
      for (const [code, text] of hostile) {
        // No address can hold half a character.
        const isAddressed = code !== "U+D800";
        const encoded = isAddressed ? encodeURIComponent(text) : "";
        const own = Object.fromEntries(inPath.map(({ name }) => [name, encoded]));
        const query = new URLSearchParams(
          Object.fromEntries(inQuery.map(({ name }) => [name, text])),
        ).toString();
        const address = isAddressed ? `${addressOf(path, own)}?${query}` : addressOf(path);
        // The door reads addresses alike; every kind is tried at each of those that take a body as well.
        if (inBody.length === 0 && !ofAddresses.has(code)) continue;
        const bodies = bodiesWith(
          inBody.filter((place) => !isFile(place)),
          text,
        );
        const requests = bodies.length === 0 ? [undefined] : bodies;
        for (const body of requests) {
          const count =
            (body?.places.length ?? 0) + (isAddressed ? inPath.length + inQuery.length : 0);
          if (count === 0) continue;
          places += count;
          const { expected, ...named } = namesAll(
            await send(method, address, body?.value),
            count,
            code,
          );
          expect(named, `${method} ${path} ${code}`).toEqual(expected);
        }
      }
    }
    expect(places).toBeGreaterThan(800);
    expect(await stored()).toEqual(before);
  });

  it("in any text of any section, whose place is named in words", async () => {
    const before = await stored();
    for (const section of ["t01", ...recordIds] as const) {
      const schema = z.toJSONSchema(sectionSchema(section), { io: "input" }) as Schema;
      const places = distinct(textPlaces(schema)).map((place) => ["value", ...place]);
      const [code, text] = hostile[5];
      for (const { places: held, value } of bodiesWith(places, text)) {
        const answer = await send("PUT", `/api/reports/${id}/sections/${section}`, value);
        const { expected, ...named } = namesAll(answer, held.length, code);
        expect(named, `${section} ${JSON.stringify(answer.body)}`).toEqual(expected);
        for (const { message, path } of (answer.body as Refused).error.details?.issues ?? []) {
          expect(message, `${section} ${path}`).toMatch(/^“[一-鿿]/u);
        }
      }
    }
    expect(await stored()).toEqual(before);
  });

  it("nor a key of that kind, nor bytes of an address that are not UTF-8", async () => {
    const key = await service.call("limin", "PUT", `/api/reports/${id}/sections/narrative`, {
      base: null,
      value: { reasons: { "income\u0000year": "因项目增加" }, purposes: {}, additions: {} },
    });
    expect(key.body).toMatchObject({ error: { code: "invalid_request" } });
    expect((key.body as Refused).error.message).toContain("U+0000");
    const address = await service.call("xuning", "GET", `/api/regions/%ED%A0%80/orgs`);
    expect(address.status).toBe(404);
  });

  it("nor a body nested deeper than any form", async () => {
    const deep = `{"base":null,"value":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const answer = await service.call("limin", "PUT", `/api/reports/${id}/sections/t01`, deep);
    expect(answer.status).toBe(400);
    expect((answer.body as Refused).error.message).toContain("层次过深");
  });
});

describe("a refusal of a text", () => {
  it("names the field, the words before the character, and the character", async () => {
    const { body } = await service.call("fengyuan", "POST", `/api/reports/${id}/threads`, {
      anchor: { kind: "section", section: "t01" },
      text: "请附上合同\u202efdp.exe",
    });
    expect(body).toMatchObject({
      error: {
        message:
          "“文字”里有不能使用的字符：“请附上合同”之后是 U+202E 从右至左强制符（不可见）。请删去或改写后再提交，没有保存任何内容。",
        details: { issues: [{ path: "json.text" }] },
      },
    });
  });

  it("names every field at fault, not the first alone", async () => {
    const { body } = await service.call("xuning", "POST", `/api/regions/${region}/org-acts`, {
      ...{ type: "add", year: 2022, code: "137009", kind: "unit", parent: "137" },
      name: "某单位\u0007",
      reason: "撤\u0000并",
    });
    const { details } = (body as Refused).error;
    expect(details?.issues?.map(({ path }) => path)).toEqual(["json.name", "json.reason"]);
  });
});

describe("what people do write is taken", () => {
  const remark = async (text: string) => {
    const answer = await service.call("fengyuan", "POST", `/api/reports/${id}/threads`, {
      anchor: { kind: "section", section: "t01" },
      text,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return (answer.body as { entries: { text: string }[] }).entries[0]?.text;
  };

  it.each([
    ["full-width letters and spaces", "Ａ１　全角"],
    ["a rare ideograph and a selected form of one", "㐂𬭩辻\u{e0101}"],
    ["emoji joined by ZWJ", "请看👩‍💻"],
    ["a character of the office's own (造字)", "\ue000"],
    ["tabs and lines", "一\t二\n三"],
  ])("%s", async (_, text) => {
    expect(await remark(text)).toBe(text);
  });

  it("with the line ends of Windows, kept as ours", async () => {
    expect(await remark("一\r\n二\r三")).toBe("一\n二\n三");
  });

  it("but a name, a 文号 and a file's name are of one line", async () => {
    const org = await service.call("xuning", "POST", `/api/regions/${region}/org-acts`, {
      ...{ type: "add", year: 2022, reason: "新设", code: "137009", kind: "unit", parent: "137" },
      name: "某单位\n（本级）",
    });
    expect((org.body as Refused).error.message).toContain("U+000A 换行符");
    const number = await service.call("fengyuan", "POST", `/api/reports/${id}/approve`, {
      editionHash: "a".repeat(64),
      documentNumber: "景财决批\r\n1号",
    });
    expect((number.body as Refused).error.message).toContain("“批复文号”");
  });

  it.each(["../../etc/passwd", "a\\b.pdf", "..", "自评/表.pdf"])(
    "but a file's name is no path: %s",
    async (name) => {
      const file = {
        sha256: "a".repeat(64),
        name,
        contentType: "application/pdf",
        sizeBytes: 9,
      };
      const ticket = await service.call("limin", "POST", `/api/reports/${id}/uploads`, file);
      expect(ticket.status).toBe(400);
      expect(JSON.stringify(ticket.body)).toContain("文件名");
      const attached = await service.call(
        "limin",
        "PUT",
        `/api/reports/${id}/sections/attachments`,
        { base: null, value: { files: [{ ...file, disclosed: true }] } },
      );
      expect(attached.status).toBe(400);
      expect(JSON.stringify(attached.body)).toContain("文件名");
    },
  );
});

describe("a text that can be read and not be printed", () => {
  const reason = "窗口人员奖励经费由进驻部门承担，上年购置\u{1f680}设备，由\ue000街道办理";
  const findings = async (app: Service["app"]) => {
    const response = await app.request(`/api/reports/${id}/findings`, {
      headers: { authorization: `Bearer ${await service.token("limin")}` },
    });
    const view = findingsResponse.parse(await response.json());
    return view.findings.filter(({ rule }) => rule === "S506");
  };

  it("is taken as a draft, and keeps the report from being handed in until it is mended", async () => {
    const before = await service.head(id);
    const pointer = before?.sections.narrative;
    const { body } = await service.call("limin", "GET", `/api/reports/${id}/sections/narrative`);
    const { value } = body as { value: { reasons: Record<string, string> } };
    const [slot = ""] = Object.keys(value.reasons);
    const save = (base: string | undefined, text: string) =>
      service.call("limin", "PUT", `/api/reports/${id}/sections/narrative`, {
        base,
        value: { ...value, reasons: { ...value.reasons, [slot]: text } },
      });
    expect((await save(pointer?.sha256, reason.replace("购置", "购\u0007置"))).status).toBe(400);
    const saved = await save(pointer?.sha256, reason);
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);

    const found = await findings(service.app);
    expect(found.map(({ severity, section, place }) => ({ severity, section, place }))).toEqual(
      [1, 2].map(() => ({
        severity: "error",
        section: "narrative",
        place: `narrative.reasons.${slot}`,
      })),
    );
    expect(found[0]?.message).toBe(
      "文字说明：主要原因里有印不出的字符：“门承担，上年购置”之后是 U+1F680“🚀”（表情符号）。删去，或改写为文字。",
    );
    expect(found[1]?.message).toContain("U+E000（自造字");
    const submitted = await service.call("limin", "POST", `/api/reports/${id}/submit`, {});
    expect(submitted.body).toMatchObject({ error: { code: "blocking_findings" } });

    // The same report where the office has a font with both.
    const licensedCharacters = [
      [0xe000, 0xe000],
      [0x1f680, 0x1f680],
    ] as const;
    expect(await findings(createApp({ ...service.deps, licensedCharacters }))).toEqual([]);
  });

  it("is refused where the bureau writes what the public reads", async () => {
    const editionHash = "a".repeat(64);
    const refused = async (who: string, method: string, path: string, body: object) => {
      const answer = await service.call(who, method, path, body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(400);
      expect((answer.body as Refused).error.message).toMatch(/印不出的字符.+U\+/u);
    };
    const acts = `/api/reports/${id}`;
    await refused("fengyuan", "POST", `${acts}/approve`, {
      editionHash,
      documentNumber: "景财决批〔2023〕\ue000号",
    });
    await refused("fengyuan", "POST", `${acts}/correct`, { reason: "数字有误\u{1f680}" });
    await refused("fengyuan", "POST", `${acts}/take-down`, {
      legalBasis: "依据\u{20000}条",
      summary: "附表不宜公开",
    });
    await refused("xuning", "POST", `/api/regions/${region}/org-acts`, {
      ...{ type: "add", year: 2022, reason: "新设", code: "137009", kind: "unit", parent: "137" },
      name: "某\ue000办",
    });
  });
});
