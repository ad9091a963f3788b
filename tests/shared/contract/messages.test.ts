import { describe, expect, it } from "vitest";
import { groupOfMessage } from "../../../shared/contract/messages.ts";

const reportId = "360200-2022-137001";
const editionHash = "0".repeat(64);

describe("a message's group", () => {
  it.each([
    [{ type: "render", reportId, editionHash, seq: 9 }, reportId],
    [{ type: "preview", reportId, editionHash }, reportId],
    [{ type: "publish", reportId, editionHash, seq: 9 }, reportId],
    [{ type: "discard", reportId, editionHash }, reportId],
    [{ type: "retract", reportId }, reportId],
    [{ type: "notify", reportId, seq: 9 }, `${reportId}.9`],
  ])("of %j is its report, or its event: others go on beside it", (message, group) => {
    expect(groupOfMessage(JSON.stringify(message))).toBe(group);
  });

  it.each([
    { type: "index", reportId },
    { type: "plan", region: "360200" },
  ])("of %j is its region, whose lists it draws", (message) => {
    expect(groupOfMessage(JSON.stringify(message))).toBe("360200");
  });

  it.each(["", "{", "null", '{"type":"render"}', '{"type":"other","reportId":"x"}'])(
    "of %j, which is no message, is none",
    (body) => {
      expect(groupOfMessage(body)).toBeUndefined();
    },
  );
});
