import { join } from "node:path";
import { printable } from "../e2e/pdf/print-report.ts";
import { loadExample } from "../examples/load-example.ts";
import type { Line } from "./line.ts";
import { measureRender, sampleReport } from "./render.ts";

/** Prints of a report as it is published and of a long one, beside Chromium printing the same. */
export async function measurePrint(): Promise<readonly Line[]> {
  const cacheDir = join(process.cwd(), "node_modules/.cache/juesuan");
  const documents = [
    { name: "the example report", document: printable(loadExample("jingdezhen-2022")) },
    { name: "a long report", document: sampleReport },
  ];
  const lines: Line[] = [];
  for (const { name, document } of documents) {
    const measured = await measureRender({ cacheDir, document });
    const { pageCount, printRatio, printWithContentsRatio } = measured;
    const pages = `${name}, ${String(pageCount)} pages`;
    lines.push(
      { name: `Print of ${pages} ÷ Chromium alone`, value: printRatio, unit: "×", limit: 1.5 },
      {
        ...{ name: `Print with contents of ${pages}, two passes ÷ Chromium alone`, unit: "×" },
        ...{ value: printWithContentsRatio, limit: 3 },
      },
    );
  }
  return lines;
}
