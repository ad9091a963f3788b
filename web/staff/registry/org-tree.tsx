import { Button, Checkbox, Input, Select } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import type { InvitationView, OrgView } from "../../../shared/contract/responses.ts";
import {
  treeColumns,
  treeIn,
  type Tree,
  type TreeNode,
} from "../../../shared/registry/org-tree.ts";
import { roleName, type Role } from "../../../shared/workflow/roles.ts";
import { useInvitations } from "../api/queries.ts";
import { OrgActDialog, type WantedAct } from "./org-act-dialog.tsx";
import { OrgPanel, type PersonView } from "./org-panel.tsx";
import "./registry.css";

/** More nodes than this are shown with their departments folded at first. */
const unfoldedNodes = 60;
/** Rows drawn at once; more are drawn when they are wanted. */
const rowsAtOnce = 300;

/** The organisation of a year: the bureau, its departments and their units, with who holds which role there. */
export function OrgTreePanel({
  region,
  orgs,
  people,
  years,
}: {
  region: string;
  orgs: readonly OrgView[];
  people: readonly PersonView[];
  /** Years that are there, latest first. */
  years: readonly number[];
}) {
  const [latest = new Date().getFullYear()] = years;
  const [year, setYear] = useState(latest);
  const [search, setSearch] = useState("");
  const [onlyVacant, setOnlyVacant] = useState(false);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string> | "all">(
    orgs.length <= unfoldedNodes ? "all" : new Set(),
  );
  const [shown, setShown] = useState(rowsAtOnce);
  const [opened, setOpened] = useState<string>();
  const [act, setAct] = useState<WantedAct>();
  const invitations = useInvitations(region).data?.items;
  const tree = useMemo(
    () => treeIn(orgs, [...people, ...invitedOf(invitations)], year),
    [orgs, people, invitations, year],
  );
  const wanted = search.trim();
  const isFiltered = wanted !== "" || onlyVacant;
  const isUnfolded = (code: string) => isFiltered || unfolded === "all" || unfolded.has(code);
  const rows = rowsOf(tree, {
    isWanted: (node) =>
      (wanted === "" || isFound(node, wanted)) && (!onlyVacant || node.vacant.length > 0),
    isFiltered,
    isUnfolded,
  });
  const counts = countsOf(tree);
  const fold = (code: string) => {
    const all = unfolded === "all" ? tree.departments.map(({ org }) => org.code) : unfolded;
    const next = new Set(all);
    if (!next.delete(code)) next.add(code);
    setUnfolded(next);
  };
  return (
    <section className="panel" aria-label="机构">
      <h2>
        机构{" "}
        <span className="quiet">
          {counts.departments} 个部门，{counts.units} 个单位
          {counts.vacant > 0 && <>，{counts.vacant} 个缺岗</>}
        </span>
        <Button size="small" className="beside" onClick={() => setAct({ type: "add" })}>
          增加机构
        </Button>
      </h2>
      <div className="tree-bar">
        <Select
          aria-label="年度"
          value={year}
          onChange={setYear}
          options={[...new Set([latest + 1, ...years])].map((value) => ({
            value,
            label: `${String(value)} 年度`,
          }))}
        />
        <Input.Search
          aria-label="查找机构或人员"
          placeholder="按名称、代码或人员查找"
          allowClear
          value={search}
          onChange={({ target }) => {
            setSearch(target.value);
            setShown(rowsAtOnce);
          }}
        />
        <Checkbox checked={onlyVacant} onChange={({ target }) => setOnlyVacant(target.checked)}>
          只看缺岗
        </Checkbox>
        {!isFiltered && (
          <Button size="small" onClick={() => setUnfolded(unfolded === "all" ? new Set() : "all")}>
            {unfolded === "all" ? "全部收起" : "全部展开"}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="nothing">{isFiltered ? "没有符合条件的机构。" : "还没有登记机构。"}</p>
      ) : (
        <div className="data-table-frame">
          <table className="data-table org-tree" aria-label="机构">
            <thead>
              <tr>
                <th scope="col">机构</th>
                {treeColumns.map(({ title }) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
                <th scope="col">其他岗位</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((node) => (
                <OrgRow
                  key={node.org.code}
                  node={node}
                  isUnfolded={isUnfolded(node.org.code)}
                  onFold={isFiltered ? undefined : () => fold(node.org.code)}
                  onOpen={() => setOpened(node.org.code)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > shown && (
        <p>
          <Button size="small" onClick={() => setShown(shown + rowsAtOnce)}>
            再显示 {Math.min(rowsAtOnce, rows.length - shown)} 个（还有 {rows.length - shown} 个）
          </Button>
        </p>
      )}
      {opened !== undefined && (
        <OrgPanel
          region={region}
          year={year}
          org={orgs.find(({ code }) => code === opened)}
          orgs={orgs}
          people={people}
          onAct={setAct}
          onClose={() => setOpened(undefined)}
        />
      )}
      {act !== undefined && (
        <OrgActDialog
          region={region}
          act={act}
          orgs={orgs}
          years={years}
          onClose={() => setAct(undefined)}
        />
      )}
    </section>
  );
}

function OrgRow({
  node: { org, holders, vacant, units },
  isUnfolded,
  onFold,
  onOpen,
}: {
  node: TreeNode;
  isUnfolded: boolean;
  onFold: (() => void) | undefined;
  onOpen: () => void;
}) {
  const inUnits = units.filter((unit) => unit.vacant.length > 0).length;
  return (
    <tr className={org.kind}>
      <th scope="row">
        <div className="org-name">
          {org.kind === "department" && onFold !== undefined && units.length > 0 && (
            <button
              type="button"
              className="disclosure"
              aria-expanded={isUnfolded}
              aria-label={`${org.name}的 ${String(units.length)} 个单位`}
              onClick={onFold}
            />
          )}
          <span>
            <button type="button" className="link" onClick={onOpen}>
              {org.name}
            </button>{" "}
            <small className="quiet">
              {org.code}
              {units.length > 0 && `，${String(units.length)} 个单位`}
            </small>{" "}
            {org.exempt !== undefined && <span className="chip">免报</span>}
            {!isUnfolded && inUnits > 0 && <span className="chip open">{inUnits} 个单位缺岗</span>}
          </span>
        </div>
      </th>
      {treeColumns.map(({ title, roles }) => (
        <td key={title} data-title={title}>
          <Holders node={{ holders, vacant }} roles={roles} />
        </td>
      ))}
      <td data-title="其他岗位">
        <Holders node={{ holders, vacant }} roles={otherRoles} isNamed />
      </td>
    </tr>
  );
}

const shownRoles: readonly Role[] = treeColumns.flatMap(({ roles }) => [...roles]);
const otherRoles = (Object.keys(roleName) as Role[]).filter((role) => !shownRoles.includes(role));

function Holders({
  node: { holders, vacant },
  roles,
  isNamed = false,
}: {
  node: Pick<TreeNode, "holders" | "vacant">;
  roles: readonly Role[];
  isNamed?: boolean;
}): ReactNode {
  const held = roles.flatMap((role) =>
    (holders[role] ?? []).map(({ name, isInvited }) =>
      [isNamed ? `${roleName[role]} ` : "", name, isInvited ? "（待接受邀请）" : ""].join(""),
    ),
  );
  const missing = roles.filter((role) => vacant.includes(role));
  if (held.length === 0 && missing.length === 0) return null;
  return (
    <>
      {held.join("、")}
      {missing.map((role) => (
        <span key={role} className="chip open" title={`没有${roleName[role]}`}>
          {isNamed ? `缺${roleName[role]}` : "缺"}
        </span>
      ))}
    </>
  );
}

/** Who was invited and has not accepted yet, as a person with the roles they are to have. */
const invitedOf = (invitations: readonly InvitationView[] = []) =>
  invitations
    .filter(({ status }) => status !== "accepted" && status !== "withdrawn")
    .map(({ name, memberships }) => ({ name, memberships }));

/** Nodes in order as they are shown: with a filter the departments of what is found stay above it. */
function rowsOf(
  { bureau, departments }: Tree,
  {
    isWanted,
    isFiltered,
    isUnfolded,
  }: {
    isWanted: (node: TreeNode) => boolean;
    isFiltered: boolean;
    isUnfolded: (code: string) => boolean;
  },
): TreeNode[] {
  const above = bureau !== undefined && (!isFiltered || isWanted(bureau)) ? [bureau] : [];
  const below = departments.flatMap((department) => {
    if (!isFiltered) {
      return [department, ...(isUnfolded(department.org.code) ? department.units : [])];
    }
    const units = department.units.filter(isWanted);
    return units.length > 0 || isWanted(department) ? [department, ...units] : [];
  });
  return [...above, ...below];
}

const isFound = ({ org, holders }: TreeNode, wanted: string): boolean =>
  org.code.includes(wanted) ||
  org.name.includes(wanted) ||
  (org.earlier ?? []).some(({ name }) => name.includes(wanted)) ||
  Object.values(holders)
    .flat()
    .some(({ name, subject }) => name.includes(wanted) || subject === wanted);

function countsOf({ bureau, departments }: Tree) {
  const units = departments.flatMap((department) => department.units);
  const all = [...(bureau === undefined ? [] : [bureau]), ...departments, ...units];
  return {
    departments: departments.length,
    units: units.length,
    vacant: all.filter(({ vacant }) => vacant.length > 0).length,
  };
}
