import { corpus } from "../corpus/generate.ts";
import { mutantsOf, scoreMutants, scoreSound } from "../corpus/score.ts";
import type { Line } from "./line.ts";
import { median } from "./quantile.ts";
import { measureSpreadsheet } from "./spreadsheet.ts";

/** Faults a report that the bench puts in, besides the one with three. */
const faultsEach = 12;

const percent = (part: number, whole: number): string =>
  whole === 0 ? "—" : `${((part / whole) * 100).toFixed(2)} %`;

const reportCount = 120;

/**
 * What the checks find of faults put in, and what else they raise, over a made corpus; family by family on the error
 * output, in sum as lines. Beside it the speed of the engine, compared with a spreadsheet's.
 */
export async function measureRules(): Promise<readonly Line[]> {
  const spreadsheet = await measureSpreadsheet();
  const reports = corpus(reportCount);
  const scores = scoreMutants(reports.flatMap((report) => mutantsOf(report, faultsEach)));
  const sound = scoreSound(reports);
  const lines = [...scores].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (of: (score: (typeof lines)[number][1]) => number) =>
    lines.reduce((all, [, score]) => all + of(score), 0);
  const table = [
    ["family", "faults", "found", "recall", "findings", "precision", "ms"],
    ...lines.map(([family, { faults, found, findings, right, ms }]) => [
      family,
      String(faults),
      String(found),
      percent(found, faults),
      String(findings),
      percent(right, findings),
      median(ms).toFixed(1),
    ]),
    [
      "all, faulty reports",
      String(sum(({ faults }) => faults)),
      String(sum(({ found }) => found)),
      percent(
        sum(({ found }) => found),
        sum(({ faults }) => faults),
      ),
      String(sum(({ findings }) => findings)),
      percent(
        sum(({ right }) => right),
        sum(({ findings }) => findings),
      ),
      median(lines.flatMap(([, { ms }]) => ms)).toFixed(1),
    ],
  ];
  const raised = sum(({ findings }) => findings) + sound.findings.length;
  table.push([
    "all, sound ones too",
    "",
    "",
    "",
    String(raised),
    percent(
      sum(({ right }) => right),
      raised,
    ),
    median(sound.ms).toFixed(1),
  ]);
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  for (const cells of table) {
    console.error(
      cells
        .map((text, column) => {
          const width = widths?.[column] ?? 0;
          return column === 0 ? text.padEnd(width) : text.padStart(width);
        })
        .join("  "),
    );
  }
  console.error(
    `Sound: ${String(sound.reports)} reports in ${String(sound.checks)} forms, ${String(sound.findings.length)} false findings in ${String(sound.alarmed)} reports (${percent(sound.alarmed, sound.reports)})`,
  );
  const faults = sum((score) => score.faults);
  const right = sum((score) => score.right);
  const share = (part: number, whole: number) => (part / whole) * 100;
  return [
    {
      name: `Of ${String(faults)} faults put in, not found`,
      ...{
        value:
          100 -
          share(
            sum(({ found }) => found),
            faults,
          ),
        unit: "%",
        limit: 2,
      },
    },
    {
      name: `Of ${String(raised)} findings, about nothing that was put in`,
      ...{ value: 100 - share(right, raised), unit: "%", limit: 2 },
    },
    {
      name: `Of ${String(sound.reports)} sound reports, raised against`,
      ...{ value: share(sound.alarmed, sound.reports), unit: "%", limit: 1 },
    },
    ...spreadsheet,
  ];
}
