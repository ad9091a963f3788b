import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { stepStates, unitStepNames, unitSteps } from "../../../shared/workflow/unit-steps.ts";
import { Choice } from "../app/choice.tsx";
import { DataTable, type Column } from "../app/data-table.tsx";
import { FilterSearch } from "../app/filter-search.tsx";
import "../season/season.css";
import { Panel } from "./panel.tsx";
import {
  groupSummary,
  standingText,
  standingTone,
  unitGroupNames,
  unitsShown,
  type Unit,
  type UnitGroup,
} from "./unit-groups.ts";

/** From how many units on somebody looks for some of them. */
const manyUnits = 8;

/** Units against the steps of their reports, each in words, and against the sums of the department. */
export function UnitMatrix({ units }: { units: readonly Unit[] }) {
  const [group, setGroup] = useState<UnitGroup>();
  const [text, setText] = useState("");
  return (
    <Panel title="所属单位" count={units.length}>
      {units.length > 0 && <p className="quiet">{groupSummary(units)}。</p>}
      {units.length >= manyUnits && (
        <search className="filters">
          <Choice label="汇总" names={unitGroupNames} value={group} onChange={setGroup} />
          <FilterSearch
            text={text}
            isFiltered={group !== undefined || text !== ""}
            onSearch={(wanted = "") => setText(wanted)}
            onClear={() => {
              setGroup(undefined);
              setText("");
            }}
          />
        </search>
      )}
      <div className="unit-matrix">
        <DataTable
          label="所属单位"
          rows={unitsShown(units, { group, text })}
          empty={units.length === 0 ? "本部门没有所属单位。" : "没有符合条件的单位。"}
          keyOf={({ orgCode }) => orgCode}
          columns={[{ title: "单位", cell: Name }, ...stepColumns, sumsColumn]}
        />
      </div>
    </Panel>
  );
}

function Name({ orgCode, orgName, reportId, status }: Unit) {
  return (
    <>
      {status === "absent" ? (
        orgName
      ) : (
        <Link to="/reports/$id/$part" params={{ id: reportId, part: "t01" }}>
          {orgName}
        </Link>
      )}
      <div className="quiet">{orgCode}</div>
    </>
  );
}

const stepColumns = unitSteps.map((step): Column<Unit> => ({
  title: unitStepNames[step],
  width: 60,
  cell: (unit) => {
    if (unit.standing === "exempt" || unit.standing === "removed") {
      return <span className="quiet">—</span>;
    }
    const { text, tone } = stepStates(unit)[step];
    return <span className={`step ${tone}`}>{text}</span>;
  },
}));

const sumsColumn: Column<Unit> = {
  title: "汇总",
  width: 116,
  cell: ({ standing, used, moved }) => (
    <>
      <span
        className={`chip ${standingTone[standing]}`}
        title={used === undefined ? undefined : `汇总所用版本 ${used.slice(0, 8)}`}
      >
        {standingText[standing]}
      </span>
      {moved !== undefined && (
        <div className="quiet">
          {moved.count === 0
            ? "各表数字没有变动"
            : `${String(moved.count)} 个数字变动：${moved.tables.join("、")}`}
        </div>
      )}
    </>
  ),
};
