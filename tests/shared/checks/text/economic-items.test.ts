import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";
import type { TextTables } from "../../../../shared/checks/text/text-context.ts";
import { shanghai2024 } from "../../../examples/editions.ts";

const wan = 1_000_000;
const cells: Readonly<Record<string, number>> = {
  "t06/public_total/final": 80 * wan,
  "t06/302/final": 70 * wan,
  "t06/30201/final": 50 * wan,
  "t06/30231/final": 20 * wan,
  "t06/310/final": 10 * wan,
  "t06/31002/final": 10 * wan,
};
const tables: TextTables = {
  edition: shanghai2024,
  value: (address) => cells[address],
  has: (address) => address.startsWith("t06"),
  codes: () => Object.keys(cells).flatMap((cell) => cell.split("/")[1] ?? []),
};

const reported = (list: string) =>
  checkText(
    `第三部分 2024年度部门决算情况说明\n六、一般公共预算财政拨款基本支出决算情况说明\n公用经费80万元，主要包括：${list}。`,
    tables,
  ).flatMap(({ rule, message }) =>
    rule === "R219" ? [/：(列了[^。]+|漏了[^。]+)。/u.exec(message)?.[1]] : [],
  );

describe("the items named under 公用经费", () => {
  it("without a figure are reported though another name of the list is not known", () => {
    expect(reported("办公费、取暖费、公务用车购置及保养开支、办公设备购置")).toEqual([
      "列了没有数的取暖费",
    ]);
  });

  it("may be joined by 和 and end in 支出", () => {
    expect(reported("办公费支出、公务用车运行维护费和办公设备购置")).toEqual([]);
    expect(reported("办公费、公务用车运行维护费、办公设备购置和专用设备购置")).toEqual([
      "列了没有数的专用设备购置",
    ]);
  });

  it("are left out only where the whole list was read", () => {
    expect(reported("办公费、办公设备购置")).toEqual(["漏了公务用车运行维护费（20.00万元）"]);
    expect(reported("办公费、车辆开支、办公设备购置")).toEqual([]);
  });
});
