import { Input, Select } from "antd";
import type { QuantityDefinition } from "../../../shared/forms/sentences-schema.ts";
import { definitionOf, type Definition } from "../../../shared/narrative/template/quantities.ts";
import { SourcePathInput } from "./source-path-input.tsx";
import type { SourcePath } from "./source-paths.ts";
import { beginningOf, kindOfQuantity, quantityKinds, shortened } from "./quantity-text.ts";
import { Several } from "./several.tsx";

/** Where a quantity (数字) comes from, what it is called and counted in. */
export function QuantityEditor({
  name,
  quantity,
  names,
  sourcePaths,
  onChange,
}: {
  name: string;
  quantity: QuantityDefinition;
  /** Of all quantities. */
  names: readonly string[];
  sourcePaths: readonly SourcePath[];
  onChange: (quantity: QuantityDefinition) => void;
}) {
  const definition = definitionOf(quantity);
  const kind = kindOfQuantity(definition);
  const set = (member: Partial<Definition>) => onChange(shortened({ ...definition, ...member }));
  const others = names.filter((one) => one !== name);
  return (
    <>
      <div className="edition-fields">
        <label>
          取自
          <Select
            className="edition-kind"
            value={kind}
            options={Object.entries(quantityKinds).map(([value, label]) => ({ value, label }))}
            onChange={(next) => set({ of: beginningOf(next, others[0] ?? name) })}
          />
        </label>
        <SourceFields
          of={definition.of}
          names={others}
          sourcePaths={sourcePaths}
          onChange={(of) => set({ of })}
        />
      </div>
      <div className="edition-fields">
        <label className="edition-grow">
          印出和催填时的叫法（不填则用名称）
          <Input
            value={definition.label ?? ""}
            placeholder={name}
            maxLength={100}
            onChange={({ target }) => set({ label: target.value })}
          />
        </label>
        <label>
          计数单位
          <Input
            className="edition-unit"
            value={definition.unit ?? ""}
            placeholder="个、人次、辆"
            maxLength={8}
            onChange={({ target }) => set({ unit: target.value })}
          />
        </label>
        {typeof definition.of === "string" && (
          <SourcePathInput
            label="上年数（不填则取上年决算的同一格）"
            value={definition.prior ?? ""}
            sourcePaths={sourcePaths}
            onChange={(prior) => set({ prior })}
          />
        )}
      </div>
    </>
  );
}

function SourceFields({
  of,
  names,
  sourcePaths,
  onChange,
}: {
  of: Definition["of"];
  names: readonly string[];
  sourcePaths: readonly SourcePath[];
  onChange: (of: Definition["of"]) => void;
}) {
  const lists = sourcePaths.filter(({ kind }) => kind === "list");
  const options = names.map((value) => ({ value, label: value }));
  if (typeof of === "string") {
    return (
      <SourcePathInput label="哪一个数" value={of} sourcePaths={sourcePaths} onChange={onChange} />
    );
  }
  if ("prior" in of) {
    return (
      <SourcePathInput
        label="哪一格的上年数"
        value={of.prior}
        sourcePaths={sourcePaths.filter(({ kind }) => kind === "cell")}
        onChange={(prior) => onChange({ prior })}
      />
    );
  }
  if ("sum" in of) {
    const { sum, less = [] } = of;
    return (
      <>
        <Several
          label="相加"
          value={sum}
          options={options}
          onChange={(next) => onChange({ ...of, sum: next })}
        />
        <Several
          label="减去（可不选）"
          value={less}
          options={options}
          onChange={(next) => onChange(next.length === 0 ? { sum } : { sum, less: next })}
        />
      </>
    );
  }
  if ("count" in of) {
    const { count, grade } = of;
    return (
      <>
        <SourcePathInput
          label="哪一个清单"
          value={count}
          sourcePaths={lists}
          onChange={(next) => onChange({ ...of, count: next })}
        />
        <label>
          只计等级
          <Select
            className="edition-unit"
            value={grade ?? ""}
            options={[
              { value: "", label: "全部" },
              ...(["优", "良", "中", "差"] as const).map((value) => ({ value, label: value })),
              { value: "*", label: "列表的每一等级" },
            ]}
            onChange={(next: NonNullable<typeof grade> | "") =>
              onChange(next === "" ? { count } : { count, grade: next })
            }
          />
        </label>
      </>
    );
  }
  if ("mean" in of) {
    return (
      <SourcePathInput
        label="哪一个清单"
        value={of.mean}
        sourcePaths={lists}
        onChange={(mean) => onChange({ mean })}
      />
    );
  }
  if ("initialBudget" in of) {
    return (
      <label>
        范围
        <Select
          value={of.initialBudget}
          options={[
            { value: "general", label: "一般公共预算财政拨款合计" },
            { value: "code", label: "列表中的每个科目" },
          ]}
          onChange={(initialBudget) => onChange({ initialBudget })}
        />
      </label>
    );
  }
  return (
    <>
      <SourcePathInput
        label="所填的数"
        value={of.stated}
        sourcePaths={sourcePaths}
        onChange={(stated) => onChange({ ...of, stated })}
      />
      <SourcePathInput
        label="没有填时相加"
        value={of.otherwiseSum}
        sourcePaths={sourcePaths}
        onChange={(otherwiseSum) => onChange({ ...of, otherwiseSum })}
      />
    </>
  );
}
