import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadEdition } from "../../../shared/editions/load-edition.ts";
import { variedEditions } from "../../examples/varied-editions.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const read = (id: string, headers?: Record<string, string>) =>
  service.call("limin", "GET", `/api/editions/${id}`, undefined, headers);

describe("the editions of an installation", () => {
  it("are listed with name and year, in the order of its library", async () => {
    const { body } = await service.call("limin", "GET", "/api/editions");
    expect(body).toEqual({
      items: shippedEditions.listed.map(({ id, name, year }) => ({ id, name, year })),
    });
  });

  it.each(variedEditions)("are served whole: $id as it is read is $id", async (edition) => {
    const { status, body } = await read(edition.id);
    expect(status).toBe(200);
    expect(loadEdition(body)).toEqual({ ok: true, value: edition });
  });

  it("are kept by the browser, which asks whether they are the ones there are", async () => {
    const first = await read("jiangxi-2022");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const etag = first.headers.get("etag") ?? "";
    const again = await read("jiangxi-2022", { "if-none-match": etag });
    expect([again.status, again.body]).toEqual([304, undefined]);
    const other = await read("shanghai-2024", { "if-none-match": etag });
    expect(other.status).toBe(200);
  });

  it("are not there under an id that the library has not", async () => {
    expect((await read("jiangxi-1999")).status).toBe(404);
    expect((await read("..%2Fjiangxi-2022")).status).toBe(404);
  });
});
