import { Button, Checkbox, Input, Radio } from "antd";
import { useMemo, type ReactNode } from "react";
import type { PriorYearView, ReportView } from "../../../shared/contract/responses.ts";
import { cellName, isCount } from "../../../shared/forms/place-name.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { sourceRoots } from "../../../shared/narrative/sources.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { memberName } from "../../../shared/report/member-name.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Facts } from "../../../shared/report/sections.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { useAct, usePriorYear } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { Loading } from "../app/placeholders.tsx";
import { unreadablePrefix } from "../editing/drafts.ts";
import { afterRemoval, moveEntryTexts } from "../editing/entry-texts.ts";
import { AmountInput, CountInput, FigureInput, NameInput } from "./amount-input.tsx";
import { PlaceFindings } from "./place-findings.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ValueConflict } from "./section-conflict.tsx";
import { useReportContent } from "./use-report-content.ts";
import { useSectionEditor } from "./use-section-editor.ts";
import { useTypedField, type FieldPlace } from "./use-typed-field.ts";

const noPeople = { active: 0, retiredCadres: 0, retired: 0, others: 0, students: 0, pensioned: 0 };
const peopleNames = {
  active: "在职人员",
  retiredCadres: "离休人员",
  retired: "退休人员",
  others: "年末其他人员",
  students: "年末学生人数",
  pensioned: "由养老保险基金发放养老金的离退休人员",
} as const;

const noProcurement = {
  goods: 0,
  works: 0,
  services: 0,
  sme: 0,
  micro: 0,
  smeGoods: 0,
  smeWorks: 0,
  smeServices: 0,
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

/** What no table holds but the text needs: duties, units, people, budgets, procurement, last year's figures. */
export function FactsPart({ report }: { report: ReportView }) {
  const content = useReportContent(report);
  const { drafts } = useSigned();
  const editor = useSectionEditor(report, "facts");
  const lastYear = usePriorYear(report.id).data;
  const facts = editor.value;
  const priorCells = useMemo(
    () => (content === undefined ? [] : neededPriorCells(content)),
    [content],
  );
  if (content === undefined || facts === undefined) return <Loading />;
  const disabled = !editor.editable;
  const set = (change: Partial<Facts>) => editor.change({ ...facts, ...change });
  const field = (place: string) =>
    ({ report: report.id, section: "facts", place, disabled }) as const;
  const unit = facts.enteredIn;
  const people = facts.people ?? noPeople;
  const procurement = facts.procurement ?? noProcurement;
  const budget = facts.initialBudget ?? { byCode: {} };
  const setBudget = (code: string, fen: number | undefined) => {
    const others = Object.entries(budget.byCode).filter(([existing]) => existing !== code);
    set({
      initialBudget: {
        ...budget,
        byCode: Object.fromEntries(fen === undefined ? others : [...others, [code, fen]]),
      },
    });
  };
  const setPrior = (cell: string, value: number | undefined) => {
    const others = Object.entries(facts.prior).filter(([existing]) => existing !== cell);
    set({ prior: Object.fromEntries(value === undefined ? others : [...others, [cell, value]]) });
  };
  const stored = lastYear?.stored;
  // A sum over several nodes is proposed; who draws the report up may put it right.
  const isProposed = stored?.addedFrom !== undefined;
  // Nobody saved anything yet: what had to be rolled forward is missing on the whole page.
  const isUntouched = editor.pointer === undefined;
  const notRolled = !disabled && lastYear?.notRolled !== undefined && (
    <p className="notice" role="status" style={{ gridColumn: "1 / -1" }}>
      {lastYear.notRolled}
    </p>
  );
  const isStored = (cell: string) => !isProposed && stored?.figures[cell] !== undefined;
  return (
    <>
      <div className="part-bar">
        <h2>基本情况与补充数据</h2>
        <SaveStatus editor={editor} />
        <span className="quiet">
          金额录入单位{" "}
          <Radio.Group
            value={unit}
            disabled={disabled}
            aria-label="金额录入单位"
            options={[
              { value: "wan", label: "万元" },
              { value: "yuan", label: "元" },
            ]}
            onChange={(event) => set({ enteredIn: event.target.value as Facts["enteredIn"] })}
          />
        </span>
      </div>
      {isUntouched && notRolled}
      <PlaceFindings report={report} section="facts" />
      {content.edition.cover.above?.includes("{监督索引号}") === true && (
        <Group title="监督索引号" hint="财政部门编发，印在封面上">
          <FigureInput<string | undefined>
            {...field("supervisionNumber")}
            label="监督索引号"
            shown={facts.supervisionNumber ?? ""}
            inputMode="numeric"
            fault="只能有数字、字母和短横线，尚未存入"
            read={readSupervisionNumber}
            onChange={(supervisionNumber) => set({ supervisionNumber })}
          />
        </Group>
      )}
      <Group title="主要职责" hint="每行一项">
        <Duties {...field("duties")} duties={facts.duties} onChange={(duties) => set({ duties })} />
      </Group>
      <Group title="纳入决算编制范围的单位">
        <div style={{ gridColumn: "1 / -1" }}>
          {facts.units.map((one, index) => (
            <UnitRow
              key={index}
              {...field(`units/${String(index)}/name`)}
              unit={one}
              onChange={(next) =>
                set({ units: facts.units.map((other, at) => (at === index ? next : other)) })
              }
              onRemove={() => {
                const list = `${unreadablePrefix("facts")}units/`;
                moveEntryTexts(drafts.texts, report.id, list, afterRemoval(index));
                set({ units: facts.units.filter((_unit, at) => at !== index) });
              }}
            />
          ))}
          <Button
            hidden={disabled}
            onClick={() =>
              set({
                units: [
                  ...facts.units,
                  {
                    name: facts.units.length === 0 ? `${report.orgName}（本级）` : "新单位",
                    kind: facts.units.length === 0 ? "own_office" : "subordinate",
                    administrative: false,
                  },
                ],
              })
            }
          >
            增加单位
          </Button>
        </div>
      </Group>
      <Group title="年末人员（人）">
        {entries(peopleNames).map(([key, label]) => (
          <CountInput
            key={key}
            {...field(`people/${key}`)}
            label={label}
            value={people[key]}
            onChange={(count) => set({ people: { ...people, [key]: count } })}
          />
        ))}
      </Group>
      <Group title="财政拨款支出年初预算">
        <AmountInput
          {...field("initialBudget/total")}
          label="年初预算总额"
          value={budget.total}
          unit={unit}
          onChange={(total) => set({ initialBudget: { ...budget, total } })}
        />
        {budgetCodes(content).map((code) => (
          <AmountInput
            key={code}
            {...field(`initialBudget/byCode/${code}`)}
            label={`${code} ${content.edition.functionCodes.get(code) ?? ""}`}
            value={budget.byCode[code]}
            unit={unit}
            onChange={(fen) => setBudget(code, fen)}
          />
        ))}
      </Group>
      <Group title="机关运行经费">
        <AmountInput
          {...field("operatingCost/current")}
          label="本年决算数"
          value={facts.operatingCost?.current}
          unit={unit}
          onChange={(current) =>
            set({
              operatingCost:
                current === undefined
                  ? undefined
                  : {
                      ...facts.operatingCost,
                      ...(stored?.operatingCost === undefined
                        ? {}
                        : { prior: stored.operatingCost }),
                      current,
                    },
            })
          }
        />
        <AmountInput
          {...field("operatingCost/prior")}
          label={
            stored?.operatingCost === undefined
              ? "上年决算数"
              : `上年决算数（${takenFrom(lastYear)}）`
          }
          value={facts.operatingCost?.prior}
          unit={unit}
          disabled={
            disabled ||
            facts.operatingCost === undefined ||
            (stored?.operatingCost !== undefined && !isProposed)
          }
          onChange={(prior) =>
            facts.operatingCost && set({ operatingCost: { ...facts.operatingCost, prior } })
          }
        />
      </Group>
      <Group title="政府采购">
        {entries(procurementNames).map(([key, label]) => (
          <AmountInput
            key={key}
            {...field(`procurement/${key}`)}
            label={label}
            value={procurement[key]}
            unit={unit}
            onChange={(fen) => set({ procurement: { ...procurement, [key]: fen ?? 0 } })}
          />
        ))}
      </Group>
      <Group
        title="上年数"
        hint={
          stored === undefined
            ? "说明文字与上年比较时使用"
            : isProposed
              ? `${takenFrom(lastYear)}，请核对；口径不同的据实改填`
              : `${takenFrom(lastYear)}，不能另填；上年决算里没有的自行填写`
        }
      >
        {!isUntouched && notRolled}
        {lastYear !== undefined && !disabled && (
          <TakePriorYear
            report={report}
            facts={facts}
            lastYear={lastYear}
            saving={!["untouched", "saved"].includes(editor.state.kind)}
          />
        )}
        {priorCells.map((cell) =>
          isCount(cell, content.edition) ? (
            <CountInput
              key={cell}
              {...field(`prior/${cell}`)}
              label={cellName(cell, content.edition)}
              value={facts.prior[cell] ?? 0}
              disabled={disabled || isStored(cell)}
              onChange={(count) => setPrior(cell, count)}
            />
          ) : (
            <AmountInput
              key={cell}
              {...field(`prior/${cell}`)}
              label={cellName(cell, content.edition)}
              value={facts.prior[cell]}
              unit={unit}
              disabled={disabled || isStored(cell)}
              onChange={(fen) => setPrior(cell, fen)}
            />
          ),
        )}
        {priorCells.length === 0 && <p className="quiet">填好报表后列出需要的上年数。</p>}
      </Group>
      {editor.conflict !== undefined && (
        <ValueConflict
          conflict={editor.conflict}
          nameOf={(path) => memberName("facts", path, { edition: content.edition, firstIs: 0 })}
          onSettle={editor.settle}
        />
      )}
    </>
  );
}

/** Nothing typed is none. */
function readSupervisionNumber(
  text: string,
): { ok: true; value: string | undefined } | { ok: false } {
  const number = text.trim();
  if (number === "") return { ok: true, value: undefined };
  return /^[0-9A-Za-z-]{1,40}$/u.test(number) ? { ok: true, value: number } : { ok: false };
}

function takenFrom(lastYear: PriorYearView | undefined): string {
  const of = `${String(lastYear?.year ?? "上")}年决算`;
  const added = lastYear?.stored?.addedFrom;
  return added === undefined ? `取自${of}` : `取自${added.join("、")}${of}之和`;
}

/** Puts last year's approved figures in, where they are stored and the facts say otherwise yet. */
function TakePriorYear({
  report,
  facts,
  lastYear,
  saving,
}: {
  report: ReportView;
  facts: Facts;
  lastYear: PriorYearView;
  /** What is typed would meet the figures halfway. */
  saving: boolean;
}) {
  const words = takenFrom(lastYear);
  const take = useAct(report.id, "/prior-year", "priorYearResponse", `上年数已${words}`);
  const { stored } = lastYear;
  if (stored === undefined) return null;
  const cost = facts.operatingCost;
  const differing =
    Object.entries(stored.figures).filter(([cell, value]) => facts.prior[cell] !== value).length +
    Number(
      cost !== undefined &&
        stored.operatingCost !== undefined &&
        cost.prior !== stored.operatingCost,
    );
  if (differing === 0) return null;
  return (
    <p className="notice" role="status" style={{ gridColumn: "1 / -1" }}>
      {lastYear.year}年决算已批复，有 {differing} 个上年数尚未取用或与其不同。{" "}
      <Button
        type="primary"
        size="small"
        loading={take.isPending}
        disabled={saving}
        onClick={() => take.mutate({})}
      >
        {words}
      </Button>
    </p>
  );
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} {hint !== undefined && <small className="quiet">{hint}</small>}
      </h2>
      <div className="fact-group">{children}</div>
    </section>
  );
}

/** One duty a line; blank lines are no duties. */
function Duties({ duties, ...field }: FieldPlace<string[]> & { duties: Facts["duties"] }) {
  const { input } = useTypedField({
    ...field,
    shown: duties.join("\n"),
    read: (text) => ({ ok: true, value: linesOf(text) }),
    isProse: true,
  });
  return (
    <Input.TextArea
      {...input}
      autoSize={{ minRows: 3, maxRows: 14 }}
      aria-label="主要职责"
      style={{ gridColumn: "1 / -1" }}
    />
  );
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function UnitRow({
  unit,
  onChange,
  onRemove,
  ...field
}: Omit<FieldPlace<string>, "onChange"> & {
  unit: Facts["units"][number];
  onChange: (unit: Facts["units"][number]) => void;
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
        onChange={(event) =>
          onChange({ ...unit, kind: event.target.value as Facts["units"][number]["kind"] })
        }
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

const entries = <Names extends object>(names: Names) =>
  Object.entries(names) as { [Key in keyof Names]: [Key, Names[Key]] }[keyof Names][];

/** Last year's cells that the narrative of this report compares with. */
function neededPriorCells(report: Report): CellAddress[] {
  const roots = writeNarrative(report).chapters.flatMap((chapter) =>
    chapter.paragraphs.flatMap((paragraph) =>
      paragraph.sentences.flatMap((sentence) =>
        sentence.parts.flatMap((part) => ("source" in part ? sourceRoots(part.source) : [])),
      ),
    ),
  );
  const needed = roots
    .filter((root) => root.startsWith("prior:"))
    .map((root) => root.slice("prior:".length));
  const stored = Object.keys(report.sections.facts.prior);
  return [...new Set([...needed, ...stored])].sort() as CellAddress[];
}

/** Codes to budget, as the edition says, with what is budgeted already. */
function budgetCodes({ edition, sections }: Report): string[] {
  const { table, digits } = edition.budgetedCodes;
  const used = tableIn(sections, table)
    .rows.map((row) => row.key)
    .filter((key) => key.length === digits && /^\d+$/u.test(key));
  return [...new Set([...used, ...Object.keys(sections.facts.initialBudget?.byCode ?? {})])].sort();
}
