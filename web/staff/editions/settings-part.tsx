import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { omit } from "../../../shared/omit.ts";
import { replaced } from "./changed-data.ts";
import { ListActs } from "./list-acts.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";

interface PartProps {
  readonly data: EditionData;
  readonly change: (next: EditionData) => void;
}

/** What holds for the whole edition: its name and year, cover and contents, parts, figures, thresholds and places. */
export function SettingsPart({ desk: { data, change } }: { desk: EditionDesk }) {
  return (
    <>
      <Names {...{ data, change }} />
      <Parts {...{ data, change }} />
      <Figures {...{ data, change }} />
      <Thresholds {...{ data, change }} />
    </>
  );
}

function Names({ data, change }: PartProps) {
  const { cover } = data;
  return (
    <section className="panel" aria-label="概况">
      <h2>概况</h2>
      <div className="edition-fields">
        <label className="edition-grow">
          名称
          <Input
            value={data.name}
            onChange={({ target }) => change({ ...data, name: target.value })}
          />
        </label>
        <label>
          适用年度
          <InputNumber
            min={2000}
            max={2100}
            value={data.year}
            onChange={(year) => change({ ...data, year: year ?? data.year })}
          />
        </label>
      </div>
      <label className="edition-wide">
        封面标题（可用 {"{机构名称}、{年}、{部门}"}）
        <Input
          value={cover.title}
          onChange={({ target }) => change({ ...data, cover: { ...cover, title: target.value } })}
        />
      </label>
      <label className="edition-wide">
        封面标题之上的一行（不填则不印；还可用 {"{监督索引号}，由单位填报"}）
        <Input
          value={cover.above ?? ""}
          maxLength={100}
          onChange={({ target }) => {
            const { title } = cover;
            change({
              ...data,
              cover: target.value === "" ? { title } : { title, above: target.value },
            });
          }}
        />
      </label>
      <label className="edition-wide">
        目录下的说明（不填则不印）
        <Input
          value={data.contents?.note ?? ""}
          onChange={({ target }) =>
            change(
              target.value === ""
                ? omit(data, "contents")
                : { ...data, contents: { note: target.value } },
            )
          }
        />
      </label>
      <label className="edition-wide">
        适用的地名：已公开的报告凭它认出版式（键入后按回车增加）
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={[...data.words.places]}
          onChange={(places: string[]) => change({ ...data, words: { ...data.words, places } })}
        />
      </label>
    </section>
  );
}

function Parts({ data, change }: PartProps) {
  const { parts } = data;
  const set = (next: EditionData["parts"]) => change({ ...data, parts: next });
  return (
    <section className="panel" aria-label="组成部分">
      <h2>组成部分</h2>
      {parts.map((part, index) => (
        <div key={part.id} className="edition-part">
          <span className="edition-part-title">
            <Input
              aria-label={`第 ${String(index + 1)} 部分的标题`}
              value={part.title}
              onChange={({ target }) =>
                set(replaced(parts, index, { ...part, title: target.value }))
              }
            />
            <span className="quiet nowrap">{holdsName[part.holds]}</span>
          </span>
          <ListActs name={`“${part.title}”`} list={parts} index={index} least={1} onChange={set} />
          <div className="edition-part-more">
            {part.holds === "narrative" && (
              <label>
                所列的章（不选则收没有另列的各章）
                <Select
                  mode="multiple"
                  className="edition-chapters"
                  value={[...(part.chapters ?? [])]}
                  options={data.sentences.narrative.map(({ id, heading }) => ({
                    value: id,
                    label: heading,
                  }))}
                  onChange={(chapters: string[]) =>
                    set(
                      replaced(
                        parts,
                        index,
                        chapters.length === 0 ? omit(part, "chapters") : { ...part, chapters },
                      ),
                    )
                  }
                />
              </label>
            )}
            {index > 0 && part.holds !== "tables" && part.holds !== "attachments" && (
              <Checkbox
                checked={part.continues === true}
                onChange={({ target }) =>
                  set(
                    replaced(
                      parts,
                      index,
                      target.checked ? { ...part, continues: true } : omit(part, "continues"),
                    ),
                  )
                }
              >
                并入前一部分，不另起“第几部分”
              </Checkbox>
            )}
          </div>
        </div>
      ))}
      <AddPart parts={parts} onAdd={(part) => set([...parts, part])} />
    </section>
  );
}

type ReportPart = EditionData["parts"][number];

/** Contents that no part holds yet, and as many further parts of the narrative as a region prints. */
function AddPart({
  parts,
  onAdd,
}: {
  parts: readonly ReportPart[];
  onAdd: (part: ReportPart) => void;
}) {
  const held = new Set(parts.map(({ holds }) => holds));
  const free = (Object.keys(holdsName) as ReportPart["holds"][]).filter(
    (holds) => holds === "narrative" || !held.has(holds),
  );
  return (
    <div className="edition-acts edition-row">
      {free.map((holds) => (
        <Button
          key={holds}
          size="small"
          onClick={() => onAdd({ id: freePartId(parts), title: holdsName[holds], holds })}
        >
          增加“{holdsName[holds]}”部分
        </Button>
      ))}
    </div>
  );
}

function freePartId(parts: readonly ReportPart[]): string {
  for (let number = parts.length + 1; ; number += 1) {
    const id = `part_${String(number)}`;
    if (parts.every((part) => part.id !== id)) return id;
  }
}

function Figures({ data, change }: PartProps) {
  const { figures = {}, budgetedCodes } = data;
  const set = (next: NonNullable<EditionData["figures"]>) =>
    change(Object.keys(next).length === 0 ? omit(data, "figures") : { ...data, figures: next });
  return (
    <section className="panel" aria-label="数字的写法">
      <h2>数字的写法和年初预算</h2>
      <div className="edition-fields">
        <label>
          说明文字中百分比的小数位
          <Select
            value={figures.percentDecimals ?? 2}
            options={[
              { value: 1, label: "一位" },
              { value: 2, label: "两位" },
            ]}
            onChange={(percentDecimals) =>
              set(
                percentDecimals === 2
                  ? omit(figures, "percentDecimals")
                  : { ...figures, percentDecimals },
              )
            }
          />
        </label>
        <label className="edition-grow">
          基数为 0 时代替比率的字样（不填则用文字说明）
          <Input
            maxLength={40}
            placeholder="--（基数为0，不可比）"
            value={figures.zeroBase ?? ""}
            onChange={({ target }) =>
              set(
                target.value === ""
                  ? omit(figures, "zeroBase")
                  : { ...figures, zeroBase: target.value },
              )
            }
          />
        </label>
      </div>
      <div className="edition-fields">
        <label className="edition-grow">
          年初预算按哪张表的科目填报
          <Select
            value={budgetedCodes.table}
            options={data.forms.map(({ id, number, title }) => ({
              value: id,
              label: `${number ?? ""} ${title}`.trim(),
            }))}
            onChange={(table) => change({ ...data, budgetedCodes: { ...budgetedCodes, table } })}
          />
        </label>
        <label>
          填报到
          <Select
            className="edition-unit"
            value={budgetedCodes.digits}
            options={[
              { value: 3, label: "类（3 位）" },
              { value: 5, label: "款（5 位）" },
              { value: 7, label: "项（7 位）" },
            ]}
            onChange={(digits) => change({ ...data, budgetedCodes: { ...budgetedCodes, digits } })}
          />
        </label>
      </div>
    </section>
  );
}

function Thresholds({ data, change }: PartProps) {
  const { thresholds } = data;
  const mark = (label: string, value: number, set: (value: number) => typeof thresholds) => (
    <label>
      {label}
      <InputNumber
        min={0}
        value={value}
        onChange={(next) => change({ ...data, thresholds: set(next ?? 0) })}
      />
    </label>
  );
  const { change: against, completion } = thresholds;
  return (
    <section className="panel" aria-label="须说明的变动">
      <h2>须说明原因的变动</h2>
      <div className="edition-fields">
        {mark("较上年变动达到（%）", against.percent, (percent) => ({
          ...thresholds,
          change: { ...against, percent },
        }))}
        {mark("且金额达到（万元）", against.amountFen / fenPerWan, (wan) => ({
          ...thresholds,
          change: { ...against, amountFen: Math.round(wan * fenPerWan) },
        }))}
        {mark("完成预算不低于（%）", completion.fromPercent, (fromPercent) => ({
          ...thresholds,
          completion: { ...completion, fromPercent },
        }))}
        {mark("不高于（%）", completion.toPercent, (toPercent) => ({
          ...thresholds,
          completion: { ...completion, toPercent },
        }))}
      </div>
    </section>
  );
}

/** 万元 in 分. */
const fenPerWan = 1_000_000;

const holdsName = {
  overview: "部门概况",
  tables: "决算表",
  narrative: "决算情况说明",
  glossary: "名词解释",
  attachments: "附件",
} as const;
