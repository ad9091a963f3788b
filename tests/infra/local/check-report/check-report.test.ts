import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { narrativeText } from "../../../examples/narrative-text.ts";
import { writeNarrative } from "../../../../shared/narrative/write-narrative.ts";
import { exampleAsPrinted } from "../../../examples/as-printed.ts";
import { loadExample } from "../../../examples/load-example.ts";
import { programFile } from "../../../programs.ts";

const root = resolve(import.meta.dirname, "../../../..");
let folder = "";
let program = "";
beforeAll(async () => {
  program = await programFile("infra/local/check-report.ts");
  folder = mkdtempSync(join(tmpdir(), "check-report-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, content: string | Uint8Array, ...options: string[]) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return start(file, ...options);
}

function start(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const sentence = (rate: string) =>
  `第三部分 2022年度部门决算情况说明\n一、收入决算情况说明\n本年收入合计1200万元，较2021年增加200\n万元，增长${rate}，主要原因是新增项目。\n`;

describe("npm run check-report", () => {
  it("says of a sound text that nothing is wrong, and ends with 0", () => {
    const { status, stdout } = run("sound.txt", sentence("20%"));
    expect(stdout).toContain("错误0，需说明0，提示0。");
    expect(status).toBe(0);
  });

  it("quotes the sentence, its line and the right value, and ends with 1", () => {
    const { status, stdout } = run("faulty.txt", sentence("16.67%"));
    expect(stdout).toContain("第4行“本年收入合计1200万元，较2021年增加200万元，增长16.67%");
    expect(stdout).toContain("应为20.00%");
    expect(status).toBe(1);
  });

  it("reads the encoding of older office software", () => {
    const gb = new Uint8Array([0xb1, 0xbe, 0xc4, 0xea, 0xca, 0xd5, 0xc8, 0xeb, 0x0a]);
    expect(run("gb.txt", gb).status).toBe(0);
  });

  it.each([
    ["utf-16le with its mark", "utf-16le", [0xff, 0xfe]],
    ["utf-16le without", "utf-16le", []],
    ["utf-16be with its mark", "utf-16be", [0xfe, 0xff]],
    ["utf-8 with its mark", "utf-8", [0xef, 0xbb, 0xbf]],
  ] as const)("reads %s", (_, encoding, mark) => {
    const text = sentence("16.67%");
    const bytes = Buffer.from(text, encoding === "utf-8" ? "utf8" : "utf16le");
    if (encoding === "utf-16be") bytes.swap16();
    const { stdout, status } = run("encoded.txt", Buffer.concat([Buffer.from(mark), bytes]));
    expect(stdout).toContain("应为20.00%");
    expect(status).toBe(1);
  });

  it.each(["pdf", "docx", "doc", "wps", "ofd"])("says how a .%s becomes text", (kind) => {
    const { stderr, status } = run(`report.${kind}`, "%PDF");
    expect(stderr.trim()).toMatch(/不能直接检查 \.\w+ 文件，请先/u);
    expect(status).toBe(2);
  });

  it("gives findings as data", () => {
    const { stdout, status } = run("data.txt", sentence("16.67%"), "--json");
    expect(JSON.parse(stdout)).toEqual([
      {
        rule: "R203",
        severity: "error",
        quote: "本年收入合计1200万元，较2021年增加200万元，增长16.67%，主要原因是新增项目",
        line: 4,
        expected: "20.00%",
        actual: "16.67%",
        message: expect.stringContaining("误除以了本年数") as string,
      },
    ]);
    expect(status).toBe(1);
  });

  it("holds text against tables and tables against each other", () => {
    const report = loadExample("putuo-2024");
    const printed = exampleAsPrinted(report);
    const narrative = narrativeText(writeNarrative(report));
    const sound = run(
      "sound.json",
      JSON.stringify({ ...printed, narrative }),
      "--edition",
      "shanghai-2024",
    );
    expect(sound.stdout).toContain("错误0");
    expect(sound.status).toBe(0);

    const slipped = narrative.replace(
      "财政拨款收入支出总计2961.68万元",
      "财政拨款收入支出总计0.3万元",
    );
    const text = run("slipped.json", JSON.stringify({ ...printed, narrative: slipped }), "--json");
    expect(JSON.parse(text.stdout)).toContainEqual(
      expect.objectContaining({
        rule: "R201",
        cells: ["t04/income_sum/final"],
        expected: "2,961.68万元",
      }),
    );

    const income = printed.tables.t01;
    const moved = JSON.parse(
      JSON.stringify(income).replace("2940.05", "2904.05").replace("2,940.05", "2,904.05"),
    ) as unknown;
    const broken = run(
      "broken.json",
      JSON.stringify({ ...printed, tables: { ...printed.tables, t01: moved } }),
      "--json",
    );
    expect(JSON.parse(broken.stdout)).toContainEqual(
      expect.objectContaining({
        severity: "error",
        cells: expect.arrayContaining([expect.stringMatching(/^t01\//u)]) as string[],
      }),
    );
    expect(broken.status).toBe(1);
  });

  it("reports a table it cannot read, and checks the others without it", () => {
    const printed = exampleAsPrinted(loadExample("putuo-2024"));
    const t02 = JSON.parse(
      JSON.stringify(printed.tables.t02).replace("一般公共服务支出", "某项支出"),
    ) as object;
    const text = run(
      "unread.json",
      JSON.stringify({
        ...printed,
        tables: { ...printed.tables, t02: { ...t02, columns: ["本年收入合计"] } },
      }),
      "--json",
    );
    const findings = JSON.parse(text.stdout) as {
      rule: string;
      severity: string;
      cells?: string[];
    }[];
    expect(findings.some(({ rule }) => rule === "F00")).toBe(true);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(
      findings.flatMap(({ cells = [] }) => cells).some((cell) => cell.startsWith("t02/")),
    ).toBe(false);
  });

  it.each([
    ["no file", () => start()],
    ["an unknown option", () => start("a.txt", "--loud")],
    ["a file that is not there", () => start(join(folder, "nowhere.txt"))],
    ["another kind of file", () => run("report.pdf", "%PDF")],
    ["an empty file", () => run("empty.txt", " \n")],
    ["bytes that are no text", () => run("bytes.txt", new Uint8Array([0, 1, 2, 255, 254]))],
    ["broken JSON", () => run("broken-off.json", "{")],
    ["JSON of something else", () => run("other.json", '{"a":1}')],
    ["JSON without a table", () => run("bare.json", '{"year":2022,"tables":{}}')],
    ["an unknown unit", () => run("unit.json", '{"year":2022,"unit":"美元","tables":{"t01":{}}}')],
    [
      "an edition nobody has",
      () => run("edition.json", '{"year":2022,"tables":{}}', "--edition", "mars-2022"),
    ],
  ])("refuses %s in one sentence, and ends with 2", (_, refused) => {
    const { status, stdout, stderr } = refused();
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
