import { omitUndefined } from "../../omit-undefined.ts";
import { decideOrgAct } from "../decide-org-act.ts";
import type { RegistryCase } from "../decide-registry.ts";
import type { OrgAct, OrgActFacts } from "../org-act.ts";
import { isEver, orgIn } from "../org-in-year.ts";
import type { OrgActType, OrgChange, OrgNode } from "../registry.ts";
import type { RegistrySheets, SheetFault } from "./registry-sheets.ts";

type OrgRow = RegistrySheets["orgs"][number];

export interface PlannedOrgs {
  readonly changes: readonly (OrgChange & { readonly acts: readonly OrgActType[] })[];
  readonly faults: readonly SheetFault[];
  /** Nodes as they would be, by code. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
}

const kinds = { 主管部门: "department", 预算单位: "unit" } as const;
const codePattern = /^[0-9A-Z]{3,18}$/u;

/**
 * What the rows of an import change in the tree: each is weighed as an act of its own would be, on what the rows before
 * it made of the tree; departments before the units that come under them, ends last.
 */
export function planOrgs(
  circumstances: RegistryCase,
  rows: readonly OrgRow[],
  { year, reason }: { readonly year: number; readonly reason: string },
  facts: OrgActFacts,
): PlannedOrgs {
  const faults = [...shapeFaults(rows, facts), ...circleFaults(rows)];
  const orgs = new Map(facts.orgs);
  const changes = new Map<string, { before?: OrgNode; after: OrgNode; acts: OrgActType[] }>();
  if (faults.length > 0) return { changes: [], faults, orgs };

  const attempt = (act: OrgAct, where: string) => {
    const decided = decideOrgAct(circumstances, act, { ...facts, orgs });
    if (!decided.ok) {
      const { error } = decided;
      const message = "message" in error ? error.message : "登记已有变动，请重新上传。";
      faults.push({ where, message });
      return;
    }
    for (const { before, after } of decided.value.flatMap((event) =>
      event.type === "orgs_changed" ? event.changes : [],
    )) {
      const known = changes.get(after.code);
      const first = known === undefined ? before : known.before;
      const version = (first?.version ?? 0) + 1;
      changes.set(after.code, {
        ...omitUndefined({ before: first }),
        after: { ...after, version },
        acts: [...(known?.acts ?? []), act.type],
      });
      orgs.set(after.code, { ...after, version });
    }
  };
  const seen = (code: string) => ({ code, version: orgs.get(code)?.version ?? 0 });
  for (const row of inOrder(rows, facts)) {
    const { 机构代码: code, 机构名称: name, 上级代码: parent, 撤销: ends } = row.text;
    const stored = orgs.get(code);
    const then = stored && isEver(stored) ? (orgIn(stored, year) ?? stored) : undefined;
    const common = { year, reason };
    if (ends === "是") {
      attempt({ type: "dissolve", org: seen(code), ...common }, row.at("撤销"));
    } else if (then === undefined) {
      const kind = kindOf(row) ?? "unit";
      const above = parent === "" ? {} : { parent };
      attempt({ type: "add", code, name, kind, ...above, ...common }, row.at("机构代码"));
    } else {
      if (name !== "" && name !== then.name) {
        attempt({ type: "rename", org: seen(code), name, ...common }, row.at("机构名称"));
      }
      if (parent !== "" && parent !== then.parent && then.kind !== "bureau") {
        attempt({ type: "move", org: seen(code), to: parent, ...common }, row.at("上级代码"));
      }
    }
  }
  return { changes: [...changes.values()], faults, orgs };
}

const kindOf = ({ text }: OrgRow): "department" | "unit" | undefined =>
  text.类别 in kinds ? kinds[text.类别 as keyof typeof kinds] : undefined;

/** New departments, then everything else, then ends: units before departments. */
function inOrder(rows: readonly OrgRow[], { orgs }: OrgActFacts): readonly OrgRow[] {
  const rank = (row: OrgRow): number => {
    const { 机构代码: code, 撤销: ends } = row.text;
    const kind = orgs.get(code)?.kind ?? kindOf(row);
    if (ends === "是") return kind === "department" ? 4 : 3;
    return kind === "department" ? 1 : 2;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

function shapeFaults(rows: readonly OrgRow[], { orgs }: OrgActFacts): SheetFault[] {
  const seen = new Map<string, string>();
  const inFile = new Set(rows.map(({ text }) => text.机构代码));
  return rows.flatMap((row) => {
    const { 机构代码: code, 机构名称: name, 类别: kind, 上级代码: parent, 撤销: ends } = row.text;
    const faults: SheetFault[] = [];
    const say = (head: Parameters<OrgRow["at"]>[0], message: string) =>
      faults.push({ where: row.at(head), message });
    const stored = orgs.get(code);
    const isNew = stored === undefined || !isEver(stored);
    if (!codePattern.test(code)) {
      say(
        "机构代码",
        code === ""
          ? "没有填机构代码。系统按代码认机构。请填写代码。"
          : `代码“${code}”不合规。代码是 3 到 18 位数字或大写字母。请改正。`,
      );
    }
    const before = seen.get(code);
    if (before !== undefined) {
      say("机构代码", `代码“${code}”与 ${before} 重复。一个机构只能有一行。请删去一行。`);
    } else seen.set(code, row.at("机构代码"));
    if (kind !== "" && kindOf(row) === undefined) {
      say("类别", `类别“${kind}”不认识。请填“主管部门”或“预算单位”。`);
    }
    const wanted = kindOf(row);
    if (!isNew && wanted !== undefined && stored.kind !== wanted) {
      say("类别", `“${stored.name}”登记为另一类别。类别建立后不能更改。请另编代码，或改正类别。`);
    }
    if (ends !== "" && ends !== "是") say("撤销", `“${ends}”不认识。要撤销的填“是”，其余不填。`);
    if (isNew && ends === "是") say("撤销", `代码“${code}”没有登记，不能撤销。请核对代码。`);
    if (isNew && ends === "" && name === "") {
      say("机构名称", "新增的机构没有填名称。请填写全称。");
    }
    if (name.length > 120) say("机构名称", "名称超过 120 字。请填写全称，不要附加说明。");
    if (isNew && ends === "" && wanted === undefined && kind === "") {
      say("类别", `代码“${code}”没有登记，不知道是部门还是单位。请填“主管部门”或“预算单位”。`);
    }
    if (parent !== "" && !inFile.has(parent)) {
      const above = orgs.get(parent);
      if (above === undefined || !isEver(above)) {
        say(
          "上级代码",
          `上级代码“${parent}”没有登记，表里也没有这一行，这个机构没有上级可归。请先增加上级，或核对代码。`,
        );
      }
    }
    return faults;
  });
}

/** Rows that are, one above the other, above themselves. */
function circleFaults(rows: readonly OrgRow[]): SheetFault[] {
  const parents = new Map(rows.map((row) => [row.text.机构代码, row]));
  const named = new Set<string>();
  return rows.flatMap((row) => {
    const path: string[] = [];
    let at: OrgRow | undefined = row;
    while (at !== undefined && !path.includes(at.text.机构代码)) {
      path.push(at.text.机构代码);
      at = parents.get(at.text.上级代码);
    }
    if (at?.text.机构代码 !== row.text.机构代码) return [];
    const circle = path.toSorted().join();
    if (named.has(circle)) return [];
    named.add(circle);
    const text = [...path, path[0] ?? ""].join(" → ");
    return [
      {
        where: row.at("上级代码"),
        message: `上级互相循环：${text}。机构不能直接或间接以自己为上级。请改正其中一行的上级代码。`,
      },
    ];
  });
}
