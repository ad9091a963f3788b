import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkbook } from "../../functions/use-cases/workbook/read-workbook.ts";

/** Opens every file of a folder in a process whose memory is bounded, and says what came of it. */
const [, , folder = ""] = process.argv;
const results = [];
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name));
  const before = process.cpuUsage();
  const opened = await openWorkbook(bytes);
  const { user, system } = process.cpuUsage(before);
  results.push({
    name,
    cpuMs: (user + system) / 1_000,
    refused: opened.ok ? undefined : opened.error.kind === "file" ? opened.error.reason : "cells",
  });
}
console.log(JSON.stringify({ results, peakMegabytes: process.resourceUsage().maxRSS / 1_024 }));
