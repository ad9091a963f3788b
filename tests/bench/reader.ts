import { performance } from "node:perf_hooks";
import { checkText } from "../examples/check-text.ts";
import { narrativeText } from "../examples/narrative-text.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { loadExample } from "../examples/load-example.ts";

/** Characters of a published report of 40 pages, attachments included. */
const reportLength = 30_000;

/** Warm milliseconds to read and check a text of 40 pages; promised at most 30. */
export function measureReader(): { characters: number; medianMs: number } {
  const chapters = narrativeText(writeNarrative(loadExample("jingdezhen-2022")));
  const duties =
    "负责行政服务大厅的日常管理，为办事群众提供规范、便民、高效的政务服务环境。\n".repeat(
      Math.ceil((reportLength - chapters.length) / 38),
    );
  const text = `${duties}${chapters}`.replace(/(.{30})/gu, "$1\n");
  for (let round = 0; round < 20; round += 1) checkText(text);
  const times = Array.from({ length: 51 }, () => {
    const start = performance.now();
    checkText(text);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { characters: text.length, medianMs: times[25] ?? 0 };
}
