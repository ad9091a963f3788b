import { useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { yearStatusName } from "../../../shared/registry/registry-words.ts";
import { useOfferedEditions, useGrants, useMembers, useOrgs, useYears } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { ChangesPanel } from "./registry-changes.tsx";
import { InvitationsPanel } from "../registry/invitations-panel.tsx";
import { ImportPanel } from "../registry/import-panel.tsx";
import { EndYearDialog } from "../registry/end-year.tsx";
import { OrgTreePanel } from "../registry/org-tree.tsx";
import { GrantsPanel, PeoplePanel } from "./registry-people.tsx";
import { YearDialog, type Year } from "./year-dialog.tsx";

/** What the bureau's administrator keeps: years with their forms and deadlines, offices, people, and who changed what. */
export function RegistryPage(): ReactNode {
  const { region } = useParams({ from: "/registry/$region" });
  const years = useYears(region);
  const orgs = useOrgs(region);
  const members = useMembers(region);
  const grants = useGrants(region);
  const editions = useOfferedEditions(region);
  const [editing, setEditing] = useState<Year | "new">();
  const [ending, setEnding] = useState<Year>();
  const failed = years.error ?? orgs.error ?? members.error ?? grants.error ?? editions.error;
  if (failed !== null) return <Failure error={failed} />;
  if (!years.data || !orgs.data || !members.data || !grants.data || !editions.data) {
    return <Loading />;
  }
  const people = members.data.items;
  const names = new Map(orgs.data.items.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => names.get(code) ?? code;
  const editionName = (id: string) => offeredName(editions.data.items, id);
  return (
    <>
      <title>年度与单位 · 决算编审</title>
      <h1 className="page-title">年度与单位</h1>
      <GrantsPanel region={region} grants={grants.data.items} nameOf={nameOf} />
      <section className="panel" aria-label="年度">
        <h2>
          年度 <span className="quiet">{years.data.items.length}</span>
          <Button size="small" type="primary" className="beside" onClick={() => setEditing("new")}>
            开启新年度
          </Button>
        </h2>
        <DataTable
          label="年度"
          rows={[...years.data.items].sort((a, b) => b.year - a.year)}
          empty="还没有开启任何年度。"
          keyOf={({ year }) => String(year)}
          columns={[
            { title: "年度", width: 80, cell: ({ year }) => year },
            { title: "报表版式", cell: ({ edition }) => editionName(edition) },
            {
              title: "状态",
              width: 110,
              cell: ({ status }) => (
                <span className={`chip ${status === "open" ? "in_review" : "absent"}`}>
                  {yearStatusName[status]}
                </span>
              ),
            },
            { title: "单位报送期限", width: 130, cell: ({ unitDue }) => unitDue },
            { title: "部门报送期限", width: 130, cell: ({ departmentDue }) => departmentDue },
            { title: "批复期限", width: 130, cell: ({ bureauDue }) => bureauDue },
            {
              title: "操作",
              width: 140,
              cell: (year) => (
                <span className="nowrap">
                  {year.status === "open" && (
                    <Button size="small" onClick={() => setEditing(year)}>
                      修改
                    </Button>
                  )}{" "}
                  <Button size="small" onClick={() => setEnding(year)}>
                    {year.status === "open" ? "结束" : "重新开启"}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </section>
      <ImportPanel
        region={region}
        years={years.data.items.map(({ year }) => year).sort((a, b) => b - a)}
      />
      <OrgTreePanel
        region={region}
        orgs={orgs.data.items}
        people={people}
        years={years.data.items.map(({ year }) => year).sort((a, b) => b - a)}
      />
      <InvitationsPanel region={region} orgs={orgs.data.items} nameOf={nameOf} />
      <PeoplePanel region={region} people={people} orgs={orgs.data.items} nameOf={nameOf} />
      <ChangesPanel region={region} names={{ org: nameOf, edition: editionName }} />
      {ending !== undefined && (
        <EndYearDialog region={region} year={ending} onClose={() => setEnding(undefined)} />
      )}
      {editing !== undefined && (
        <YearDialog
          region={region}
          year={editing === "new" ? undefined : editing}
          editions={editions.data.items}
          years={years.data.items}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

/** An earlier version of an own edition is called what the one in use is. */
function offeredName(offered: readonly { id: string; name: string }[], id: string): string {
  const [key] = id.split(".");
  const found =
    offered.find((one) => one.id === id) ?? offered.find((one) => one.id.split(".")[0] === key);
  return found?.name ?? id;
}
