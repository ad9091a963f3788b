import type { Edition } from "../../../../shared/forms/form.ts";
import type { Report } from "../../../../shared/report/report.ts";
import type { Facts } from "../../../../shared/report/sections.ts";
import { tableIn } from "../../../../shared/report/section-ids.ts";
import { AmountInput, CountInput } from "../amount-input.tsx";
import { TextBox } from "../box-field.tsx";
import { entries, Group } from "./group.tsx";
import { takenFrom } from "./prior-group.tsx";
import type { FactsDesk } from "./use-facts.ts";

/** Nobody of a kind, and nothing of it bought, is left blank: a group that is begun counts it as none. */
const blankIsNone = "没有的不用填，按 0 计";

const noPeople = { active: 0, retiredCadres: 0, retired: 0, others: 0, students: 0, pensioned: 0 };
const peopleNames = {
  active: "在职人员",
  retiredCadres: "离休人员",
  retired: "退休人员",
  others: "年末其他人员",
  students: "年末学生人数",
  pensioned: "由养老保险基金发放养老金的离退休人员",
} as const;

/** 年末人员. */
export const PeopleGroup = ({ desk }: { desk: FactsDesk }) => (
  <Group title="年末人员" hint={blankIsNone}>
    {entries(peopleNames).map(([key, label]) => {
      const value = desk.facts.people?.[key];
      return (
        <CountInput
          key={key}
          {...desk.field(`people/${key}`)}
          {...desk.notes(`people.${key}`, value, "count")}
          label={label}
          value={value}
          suffix="人"
          onChange={(count) =>
            desk.update((now) => ({ people: { ...noPeople, ...now.people, [key]: count ?? 0 } }))
          }
        />
      );
    })}
  </Group>
);

/** 财政拨款支出年初预算, in all and by code. */
export function BudgetGroup({ desk }: { desk: FactsDesk }) {
  const { facts, content, unit } = desk;
  const budget = facts.initialBudget ?? { byCode: {} };
  const set = (code: string, fen: number | undefined) =>
    desk.update(({ initialBudget = { byCode: {} } }) => {
      const { [code]: _, ...others } = initialBudget.byCode;
      const byCode = fen === undefined ? others : { ...others, [code]: fen };
      return { initialBudget: { ...initialBudget, byCode } };
    });
  return (
    <Group title="财政拨款支出年初预算">
      <AmountInput
        {...desk.field("initialBudget/total")}
        {...desk.notes("initialBudget.total", budget.total, unit)}
        label="年初预算总额"
        value={budget.total}
        unit={unit}
        onChange={(total) =>
          desk.update(({ initialBudget = { byCode: {} } }) => ({
            initialBudget: { ...initialBudget, total },
          }))
        }
      />
      {budgetCodes(content).map((code) => (
        <AmountInput
          key={code}
          {...desk.field(`initialBudget/byCode/${code}`)}
          {...desk.notes(`initialBudget.byCode.${code}`, budget.byCode[code], unit)}
          label={`${code} ${content.edition.functionCodes.get(code) ?? ""}`}
          value={budget.byCode[code]}
          unit={unit}
          onChange={(fen) => set(code, fen)}
        />
      ))}
    </Group>
  );
}

/** Codes to budget, as the edition says, with what is budgeted already. */
function budgetCodes({ edition, sections }: Report): string[] {
  const { table, digits } = edition.budgetedCodes;
  const used = tableIn(sections, table)
    .rows.map((row) => row.key)
    .filter((key) => key.length === digits && /^\d+$/u.test(key));
  return [...new Set([...used, ...Object.keys(sections.facts.initialBudget?.byCode ?? {})])].sort();
}

/** 机关运行经费 of this year and last. */
export function OperatingCostGroup({ desk }: { desk: FactsDesk }) {
  const { facts, unit, stored, isProposed, lastYear } = desk;
  const cost = facts.operatingCost;
  const isTaken = stored?.operatingCost !== undefined;
  return (
    <Group title="机关运行经费">
      <AmountInput
        {...desk.field("operatingCost/current")}
        {...desk.notes("operatingCost.current", cost?.current, unit)}
        label="本年决算数"
        value={cost?.current}
        unit={unit}
        onChange={(current) =>
          desk.update((now) => ({
            operatingCost:
              current === undefined
                ? undefined
                : {
                    ...now.operatingCost,
                    ...(isTaken ? { prior: stored.operatingCost } : {}),
                    current,
                  },
          }))
        }
      />
      <AmountInput
        {...desk.field("operatingCost/prior")}
        label={isTaken ? `上年决算数（${takenFrom(lastYear)}）` : "上年决算数"}
        value={cost?.prior}
        unit={unit}
        disabled={desk.disabled || cost === undefined || (isTaken && !isProposed)}
        onChange={(prior) =>
          desk.update(({ operatingCost }) =>
            operatingCost === undefined ? {} : { operatingCost: { ...operatingCost, prior } },
          )
        }
      />
    </Group>
  );
}

type Procurement = NonNullable<Facts["procurement"]>;
type Reserved = NonNullable<Procurement["reserved"]>;

const noProcurement: Procurement = {
  ...{ goods: 0, works: 0, services: 0, sme: 0, micro: 0 },
  ...{ smeGoods: 0, smeWorks: 0, smeServices: 0 },
};
const procurementNames = {
  goods: "货物支出",
  works: "工程支出",
  services: "服务支出",
  sme: "授予中小企业合同金额",
  micro: "其中：授予小微企业",
  smeGoods: "货物采购授予中小企业",
  smeWorks: "工程采购授予中小企业",
  smeServices: "服务采购授予中小企业",
} as const;
const noReserved: Reserved = {
  ...{ sme: 0, micro: 0, smeAwarded: 0, microAwarded: 0, openToSmeAwarded: 0 },
};
const reservedNames = {
  sme: "面向中小企业预留",
  micro: "其中：面向小微企业预留",
  smeAwarded: "预留项目授予中小企业",
  microAwarded: "预留项目授予小微企业",
  openToSmeAwarded: "非预留项目授予中小企业",
} as const;

/** 政府采购, and 预留份额 where the edition prints it. */
export function ProcurementGroup({ desk }: { desk: FactsDesk }) {
  const { facts, unit, content } = desk;
  const { procurement } = facts;
  const asksForReserved = asksFor(content.edition, "facts.procurement.reserved");
  return (
    <Group title="政府采购" hint={blankIsNone}>
      {entries(procurementNames).map(([key, label]) => (
        <AmountInput
          key={key}
          {...desk.field(`procurement/${key}`)}
          {...desk.notes(`procurement.${key}`, procurement?.[key], unit)}
          label={label}
          value={procurement?.[key]}
          unit={unit}
          onChange={(fen) =>
            desk.update((now) => ({
              procurement: { ...noProcurement, ...now.procurement, [key]: fen ?? 0 },
            }))
          }
        />
      ))}
      {(asksForReserved || procurement?.reserved !== undefined) &&
        entries(reservedNames).map(([key, label]) => (
          <AmountInput
            key={`reserved ${key}`}
            {...desk.field(`procurement/reserved/${key}`)}
            {...desk.notes(`procurement.reserved.${key}`, procurement?.reserved?.[key], unit)}
            label={label}
            value={procurement?.reserved?.[key]}
            unit={unit}
            onChange={(fen) =>
              desk.update((now) => {
                const before = { ...noProcurement, ...now.procurement };
                const reserved = { ...noReserved, ...before.reserved, [key]: fen ?? 0 };
                return { procurement: { ...before, reserved } };
              })
            }
          />
        ))}
    </Group>
  );
}

/** What 其他用车 are for, which the text states where there are any. */
export const VehiclesGroup = ({ desk }: { desk: FactsDesk }) => (
  <Group title="其他用车的用途" hint="国有资产占用情况表里有其他用车的填写">
    <div className="framed">
      <TextBox
        {...desk.field("otherVehicleUse")}
        label="其他用车的用途"
        text={desk.facts.otherVehicleUse ?? ""}
        onChange={(text) => desk.update(() => ({ otherVehicleUse: text || undefined }))}
      />
    </div>
  </Group>
);

/** Whether the text of an edition has sentences from a part of the facts. */
const asksFor = ({ sentences }: Edition, path: string): boolean =>
  JSON.stringify(sentences.quantities).includes(`"${path}`);
