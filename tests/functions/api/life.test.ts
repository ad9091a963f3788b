import { afterAll, beforeAll, expect, it } from "vitest";
import { startService, type Service } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

it("smoke", async () => {
  const id = await service.bring("137001", "bureau");
  expect((await service.head(id))?.state.status).toBe("in_review");
});
