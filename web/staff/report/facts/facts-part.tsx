import { Radio } from "antd";
import type { ReportView } from "../../../../shared/contract/responses.ts";
import { memberName } from "../../../../shared/report/member-name.ts";
import type { Facts } from "../../../../shared/report/sections.ts";
import { Failure, Loading } from "../../app/placeholders.tsx";
import { FigureInput } from "../amount-input.tsx";
import { FieldFindings } from "../field-findings.tsx";
import { PlaceFindings } from "../place-findings.tsx";
import { SaveStatus } from "../save-status.tsx";
import { ValueConflict } from "../section-conflict.tsx";
import { DutiesGroup, UnitsGroup } from "./duties-and-units.tsx";
import {
  BudgetGroup,
  OperatingCostGroup,
  PeopleGroup,
  ProcurementGroup,
  VehiclesGroup,
} from "./figure-groups.tsx";
import { Group } from "./group.tsx";
import { NotRolled, PriorGroup } from "./prior-group.tsx";
import { useFacts, type FactsDesk } from "./use-facts.ts";

/** What no table holds but the text needs: duties, units, people, budgets, procurement, last year's figures. */
export function FactsPart({ report }: { report: ReportView }) {
  const { editor, desk } = useFacts(report);
  if (desk === undefined) return editor.error ? <Failure error={editor.error} /> : <Loading />;
  const { edition } = desk.content;
  return (
    <FieldFindings report={report} section="facts">
      <div className="part-bar">
        <h2>基本情况与补充数据</h2>
        <SaveStatus editor={editor} />
        <UnitChoice desk={desk} />
      </div>
      {desk.isUntouched && <NotRolled desk={desk} />}
      <PlaceFindings report={report} section="facts" />
      {edition.cover.above?.includes("{监督索引号}") === true && <NumberGroup desk={desk} />}
      <DutiesGroup desk={desk} />
      <UnitsGroup desk={desk} />
      <PeopleGroup desk={desk} />
      <BudgetGroup desk={desk} />
      <OperatingCostGroup desk={desk} />
      <ProcurementGroup desk={desk} />
      <VehiclesGroup desk={desk} />
      <PriorGroup desk={desk} isSaving={!["untouched", "saved"].includes(editor.state.kind)} />
      {editor.conflict !== undefined && (
        <ValueConflict
          conflict={editor.conflict}
          nameOf={(path) => memberName("facts", path, { edition, firstIs: 0 })}
          onSettle={editor.settle}
        />
      )}
    </FieldFindings>
  );
}

const UnitChoice = ({ desk }: { desk: FactsDesk }) => (
  <span className="quiet">
    金额录入单位{" "}
    <Radio.Group
      value={desk.unit}
      disabled={desk.disabled}
      aria-label="金额录入单位"
      options={[
        { value: "wan", label: "万元" },
        { value: "yuan", label: "元" },
      ]}
      onChange={(event) => {
        const enteredIn = event.target.value as Facts["enteredIn"];
        desk.update(() => ({ enteredIn }));
      }}
    />
  </span>
);

const NumberGroup = ({ desk }: { desk: FactsDesk }) => (
  <Group title="监督索引号" hint="财政部门编发，印在封面上">
    <FigureInput<string | undefined>
      {...desk.field("supervisionNumber")}
      label="监督索引号"
      shown={desk.facts.supervisionNumber ?? ""}
      inputMode="numeric"
      fault="只能有数字、字母和短横线，尚未存入"
      read={readSupervisionNumber}
      onChange={(supervisionNumber) => desk.update(() => ({ supervisionNumber }))}
    />
  </Group>
);

/** Nothing typed is none. */
function readSupervisionNumber(
  text: string,
): { ok: true; value: string | undefined } | { ok: false } {
  const number = text.trim();
  if (number === "") return { ok: true, value: undefined };
  return /^[0-9A-Za-z-]{1,40}$/u.test(number) ? { ok: true, value: number } : { ok: false };
}
