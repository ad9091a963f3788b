import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type Service } from "./service.ts";

interface Operation {
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
}

let service: Service;
let document: Document;
beforeAll(async () => {
  service = await startService();
  const answer = await service.call(undefined, "GET", "/api/openapi.json");
  document = answer.body as Document;
});
afterAll(() => service.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

describe("the description of the API", () => {
  it("is OpenAPI 3.1 and needs no token", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.components.securitySchemes).toHaveProperty("bearer");
  });

  it("names every route there is, and no other", () => {
    const routes = service.app.routes
      .filter(({ method, path }) => method !== "ALL" && path !== "/api/openapi.json")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:([a-zA-Z0-9]+)/gu, "{$1}")}`);
    const described = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual([...new Set(routes)].sort());
    expect(described.length).toBeGreaterThan(35);
  });

  it("says of each route what it does, what it answers and how it refuses", () => {
    for (const { path, method, operation } of operations()) {
      const name = `${method} ${path}`;
      expect(operation.summary, name).toBeTruthy();
      expect(Object.keys(operation.responses), name).toContain("4XX");
      expect(
        Object.keys(operation.responses).some((status) => /^20\d$/u.test(status)),
        name,
      ).toBe(true);
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, parameter]) => parameter);
      const declared = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === "path")
        .map((parameter) => parameter.name);
      expect(declared.sort(), name).toEqual(inPath.sort());
    }
  });

  it("resolves every reference within itself", () => {
    const text = JSON.stringify(document);
    for (const [, pointer = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/gu)) {
      const target = pointer
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(target, pointer).toBeDefined();
    }
  });

  it("refuses unknown members in every body, of whichever kind it is", () => {
    interface Body {
      readonly additionalProperties?: unknown;
      readonly oneOf?: readonly Body[];
      readonly anyOf?: readonly Body[];
    }
    const bodies = ({ oneOf, anyOf, ...body }: Body): readonly Body[] =>
      (oneOf ?? anyOf)?.flatMap(bodies) ?? [body];
    for (const { path, method, operation } of operations()) {
      const { requestBody } = operation as unknown as {
        requestBody?: { content: { "application/json": { schema: Body } } };
      };
      if (requestBody === undefined) continue;
      for (const { additionalProperties } of bodies(
        requestBody.content["application/json"].schema,
      )) {
        expect(additionalProperties, `${method} ${path}`).toBe(false);
      }
    }
  });
});
