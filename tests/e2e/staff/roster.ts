import { writeXlsx } from "hucre";
import { Buffer } from "node:buffer";
import { roleName, type Role } from "../../../shared/workflow/roles.ts";

/** A bureau's whole line as its administrator brings it: five departments, forty units, a hundred and twenty people. */

const departments = ["公共服务局", "教育局", "民政局", "交通运输局", "水利局"].map(
  (name, index) => ({ code: String(101 + index), name: `南岭市${name}` }),
);
const units = departments.flatMap(({ code, name }) =>
  Array.from({ length: 8 }, (_, index) => ({
    code: `${code}${String(index + 1).padStart(3, "0")}`,
    name: index === 0 ? `${name}本级` : `${name}第${String(index)}中心`,
    department: code,
  })),
);

interface Post {
  readonly role: Role;
  readonly orgCode: string;
}

const posts: readonly Post[] = [
  ...units.flatMap(({ code }): Post[] => [
    { role: "preparer", orgCode: code },
    { role: "unit_reviewer", orgCode: code },
  ]),
  ...departments.flatMap(({ code }): Post[] =>
    (["preparer", "department_reviewer", "secrecy_officer", "principal"] as const).map((role) => ({
      ...{ role, orgCode: code },
    })),
  ),
  // Everybody of the bureau, and a second preparer in the first units.
  ...Array.from({ length: 5 }, (): Post => ({ role: "bureau_reviewer", orgCode: "000" })),
  ...Array.from({ length: 5 }, (): Post => ({ role: "auditor", orgCode: "000" })),
  ...units.slice(0, 10).map(({ code }): Post => ({ role: "preparer", orgCode: code })),
];

export const people = posts.map((post, index) => ({
  ...post,
  name: `${"赵钱孙李周吴郑王冯陈"[index % 10] ?? ""}${"甲乙丙丁戊己庚辛壬癸子丑"[Math.floor(index / 10)] ?? ""}`,
  mobile: `139${String(index + 1).padStart(8, "0")}`,
}));

export const firstUnit = { ...units[0], code: "101001", name: "南岭市公共服务局本级" };

/** Who holds a role in the first unit, in its department or in the bureau: the first of them. */
export function holderOf(role: Role): (typeof people)[number] {
  const found = people.find(
    (one) => one.role === role && ["101001", "101", "000"].includes(one.orgCode),
  );
  if (found === undefined) throw new Error(`Nobody is ${role}.`);
  return found;
}

export async function rosterWorkbook(): Promise<Buffer> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "机构",
        rows: [
          ["机构代码", "机构名称", "类别", "上级代码"],
          ...departments.map(({ code, name }) => [code, name, "主管部门", ""]),
          ...units.map(({ code, name, department }) => [code, name, "预算单位", department]),
        ],
      },
      {
        name: "人员",
        rows: [
          ["姓名", "手机", "机构代码", "岗位"],
          ...people.map(({ name, mobile, orgCode, role }) => [
            ...[name, mobile, orgCode, roleName[role]],
          ]),
        ],
      },
    ],
  });
  return Buffer.from(bytes);
}
