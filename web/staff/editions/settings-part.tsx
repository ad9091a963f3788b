import { Button, Input, InputNumber } from "antd";
import { moved, replaced, without } from "./changed-data.ts";
import type { EditionDesk } from "./use-edition-desk.ts";

/** What holds for the whole edition: its name and year, cover and contents, parts, thresholds and place names. */
export function SettingsPart({ desk }: { desk: EditionDesk }) {
  const { data, change } = desk;
  const { thresholds } = data;
  return (
    <>
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
            value={data.cover.title}
            onChange={({ target }) =>
              change({ ...data, cover: { ...data.cover, title: target.value } })
            }
          />
        </label>
        <label className="edition-wide">
          目录下的说明（不填则不印）
          <Input
            value={data.contents?.note ?? ""}
            onChange={({ target }) => {
              const { contents: _, ...rest } = data;
              change(target.value === "" ? rest : { ...rest, contents: { note: target.value } });
            }}
          />
        </label>
        <label className="edition-wide">
          适用的地名（一行一个）：已公开的报告凭它认出版式
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            value={data.words.places.join("\n")}
            onChange={({ target }) =>
              change({ ...data, words: { ...data.words, places: target.value.split("\n") } })
            }
          />
        </label>
      </section>
      <section className="panel" aria-label="组成部分">
        <h2>组成部分</h2>
        <ul className="edition-list">
          {data.parts.map((part, index) => (
            <li key={part.id}>
              <Input
                aria-label={`第 ${String(index + 1)} 部分的标题`}
                value={part.title}
                onChange={({ target }) =>
                  change({
                    ...data,
                    parts: replaced(data.parts, index, { ...part, title: target.value }),
                  })
                }
              />
              <span className="quiet nowrap">{holdsName[part.holds]}</span>
              <Button
                size="small"
                aria-label={`上移“${part.title}”`}
                disabled={index === 0}
                onClick={() => change({ ...data, parts: moved(data.parts, index, -1) })}
              >
                ↑
              </Button>
              <Button
                size="small"
                aria-label={`下移“${part.title}”`}
                disabled={index === data.parts.length - 1}
                onClick={() => change({ ...data, parts: moved(data.parts, index, 1) })}
              >
                ↓
              </Button>
              <Button
                size="small"
                disabled={data.parts.length === 1}
                onClick={() => change({ ...data, parts: without(data.parts, index) })}
              >
                删去
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <section className="panel" aria-label="须说明的变动">
        <h2>须说明原因的变动</h2>
        <div className="edition-fields">
          <label>
            较上年变动达到（%）
            <InputNumber
              min={0}
              value={thresholds.change.percent}
              onChange={(percent) =>
                change({
                  ...data,
                  thresholds: {
                    ...thresholds,
                    change: { ...thresholds.change, percent: percent ?? 0 },
                  },
                })
              }
            />
          </label>
          <label>
            且金额达到（万元）
            <InputNumber
              min={0}
              value={thresholds.change.amountFen / fenPerWan}
              onChange={(wan) =>
                change({
                  ...data,
                  thresholds: {
                    ...thresholds,
                    change: {
                      ...thresholds.change,
                      amountFen: Math.round((wan ?? 0) * fenPerWan),
                    },
                  },
                })
              }
            />
          </label>
          <label>
            完成预算不低于（%）
            <InputNumber
              min={0}
              value={thresholds.completion.fromPercent}
              onChange={(fromPercent) =>
                change({
                  ...data,
                  thresholds: {
                    ...thresholds,
                    completion: { ...thresholds.completion, fromPercent: fromPercent ?? 0 },
                  },
                })
              }
            />
          </label>
          <label>
            不高于（%）
            <InputNumber
              min={0}
              value={thresholds.completion.toPercent}
              onChange={(toPercent) =>
                change({
                  ...data,
                  thresholds: {
                    ...thresholds,
                    completion: { ...thresholds.completion, toPercent: toPercent ?? 0 },
                  },
                })
              }
            />
          </label>
        </div>
      </section>
    </>
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
