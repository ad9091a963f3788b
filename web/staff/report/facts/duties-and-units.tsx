import { Button, Checkbox, Radio } from "antd";
import type { Facts } from "../../../../shared/report/sections.ts";
import { NameInput } from "../amount-input.tsx";
import { LinesBox } from "../box-field.tsx";
import type { FieldPlace } from "../use-typed-field.ts";
import { Group } from "./group.tsx";
import type { FactsDesk } from "./use-facts.ts";

type Unit = Facts["units"][number];

/** 主要职责, one a line. */
export const DutiesGroup = ({ desk }: { desk: FactsDesk }) => (
  <Group title="主要职责" hint="每行一项">
    <div className="framed duties">
      <LinesBox
        {...desk.field("duties")}
        label="主要职责"
        lines={desk.facts.duties}
        onChange={(duties) => desk.update(() => ({ duties }))}
      />
    </div>
  </Group>
);

/** 纳入决算编制范围的单位, the own office first. */
export function UnitsGroup({ desk }: { desk: FactsDesk }) {
  const { facts, disabled, report, update } = desk;
  const isFirst = facts.units.length === 0;
  return (
    <Group title="纳入决算编制范围的单位" hint="本级列在最前">
      <div style={{ gridColumn: "1 / -1" }}>
        {facts.units.map((unit, index) => (
          <UnitRow
            key={index}
            {...desk.field(`units/${String(index)}/name`)}
            unit={unit}
            onChange={(next) =>
              update((now) => ({
                units: now.units.map((other, at) => (at === index ? next : other)),
              }))
            }
            onRemove={() => desk.removeUnit(index)}
          />
        ))}
        <Button
          hidden={disabled}
          data-field="facts.units"
          onClick={() =>
            update((now) => ({
              units: [
                ...now.units,
                {
                  name: isFirst ? `${report.orgName}（本级）` : "新单位",
                  kind: isFirst ? "own_office" : "subordinate",
                  administrative: false,
                },
              ],
            }))
          }
        >
          增加单位
        </Button>
      </div>
    </Group>
  );
}

function UnitRow({
  unit,
  onChange,
  onRemove,
  ...field
}: Omit<FieldPlace<string>, "onChange"> & {
  unit: Unit;
  onChange: (unit: Unit) => void;
  onRemove: () => void;
}) {
  const { disabled } = field;
  return (
    <div className="line-of-inputs">
      <NameInput
        {...field}
        label="单位名称"
        name={unit.name}
        onChange={(name) => onChange({ ...unit, name })}
      />
      <Radio.Group
        className="nowrap"
        value={unit.kind}
        disabled={disabled}
        aria-label={`${unit.name}的级别`}
        options={[
          { value: "own_office", label: "本级" },
          { value: "subordinate", label: "所属单位" },
        ]}
        onChange={(event) => onChange({ ...unit, kind: event.target.value as Unit["kind"] })}
      />
      <Checkbox
        className="nowrap"
        checked={unit.administrative}
        disabled={disabled}
        onChange={(event) => onChange({ ...unit, administrative: event.target.checked })}
      >
        行政单位或参公管理
      </Checkbox>
      {!disabled && (
        <Button type="text" aria-label={`移除${unit.name}`} onClick={onRemove}>
          移除
        </Button>
      )}
    </div>
  );
}
