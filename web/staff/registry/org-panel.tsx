import { Button, Drawer } from "antd";
import type { z } from "zod";
import type { memberResponse, OrgView } from "../../../shared/contract/responses.ts";
import { orgIn } from "../../../shared/registry/org-in-year.ts";
import { RolesAt } from "./role-acts.tsx";
import type { WantedAct } from "./org-act-dialog.tsx";

export type PersonView = z.infer<typeof memberResponse>;

export const kindName = {
  bureau: "财政部门",
  department: "主管部门",
  unit: "预算单位",
} as const;

/** One node: what it is and was, who holds which role, and what can be done with it. */
export function OrgPanel({
  region,
  year,
  org,
  orgs,
  people,
  onAct,
  onClose,
}: {
  region: string;
  year: number;
  org: OrgView | undefined;
  orgs: readonly OrgView[];
  people: readonly PersonView[];
  onAct: (act: WantedAct) => void;
  onClose: () => void;
}) {
  if (org === undefined) return null;
  const nameOf = (code: string) => orgs.find((one) => one.code === code)?.name ?? code;
  return (
    <Drawer open title={`${org.name}（${org.code}）`} size={520} onClose={onClose}>
      <OrgFacts org={org} nameOf={nameOf} orgs={orgs} />
      <div className="org-acts">
        {actsOf(org, year).map(({ label, ...act }) => (
          <Button key={label} size="small" onClick={() => onAct(act)}>
            {label}
          </Button>
        ))}
      </div>
      <section className="drawer-part" aria-label="岗位">
        <h3>岗位</h3>
        <RolesAt region={region} org={org} people={people} />
      </section>
    </Drawer>
  );
}

function OrgFacts({
  org,
  orgs,
  nameOf,
}: {
  org: OrgView;
  orgs: readonly OrgView[];
  nameOf: (code: string) => string;
}) {
  const { kind, parent, since, earlier = [], exemptions = [], dissolved, predecessors = [] } = org;
  const facts: [string, string][] = [["类别", kindName[kind]]];
  if (parent !== undefined) facts.push(["上级", nameOf(parent)]);
  if (since !== undefined) facts.push(["设立", `${String(since)} 年度起`]);
  for (const { from, by, codes } of predecessors) {
    const names = codes.map(nameOf).join("、");
    facts.push([`${String(from)} 年度`, by === "merge" ? `${names}并入` : `由${names}分立`]);
  }
  for (const one of earlier) {
    const under = one.parent !== undefined && one.parent !== parent;
    facts.push([
      `${String(one.through)} 年度及以前`,
      `${one.name}${under ? `，上级为${nameOf(one.parent ?? "")}` : ""}`,
    ]);
  }
  for (const { year, reason } of exemptions) facts.push([`${String(year)} 年度免报`, reason]);
  const successors = orgs.filter(({ predecessors: from = [] }) =>
    from.some(({ codes }) => codes.includes(org.code)),
  );
  if (successors.length > 0) {
    facts.push(["去向", successors.map(({ name }) => name).join("、")]);
  }
  if (dissolved !== undefined) {
    facts.push(["撤销", `${String(dissolved.from)} 年度起：${dissolved.reason}`]);
  }
  return (
    <dl className="org-facts">
      {facts.map(([name, text]) => (
        <div key={name + text} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What can be done with a node, as buttons; whether it may be is decided when it is previewed. */
function actsOf(org: OrgView, year: number): (WantedAct & { readonly label: string })[] {
  if (org.dissolved !== undefined) return [{ type: "restore", org, label: "恢复" }];
  if (org.kind === "bureau") {
    return [
      { type: "rename", org, label: "更名" },
      { type: "add", org, label: "增加主管部门" },
    ];
  }
  const isExempt = orgIn(org, year)?.exempt !== undefined;
  const exemption = isExempt
    ? ({ type: "require", org, label: "取消免报" } as const)
    : ({ type: "exempt", org, label: "免报" } as const);
  return [
    { type: "rename", org, label: "更名" },
    ...(org.kind === "unit"
      ? ([
          { type: "move", org, label: "划转" },
          { type: "split", org, label: "分立" },
        ] as const)
      : ([{ type: "add", org, label: "增加所属单位" }] as const)),
    { type: "merge", org, label: "合并" },
    { type: "dissolve", org, label: "撤销" },
    exemption,
  ];
}
