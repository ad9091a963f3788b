import { Button, Input } from "antd";
import { useState } from "react";
import { Nothing } from "../app/placeholders.tsx";
import { moved, replaced, without } from "./changed-data.ts";
import { CodeListImport } from "./code-list-import.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";

/** 名词解释: the terms in the order in which they are printed. */
export function GlossaryPart({ desk }: { desk: EditionDesk }) {
  const { data, change } = desk;
  const { glossary } = data;
  return (
    <section className="panel" aria-label="名词解释">
      <h2>
        名词解释 <span className="quiet">{glossary.length} 条</span>
        <Button
          size="small"
          className="beside"
          onClick={() =>
            change({ ...data, glossary: [...glossary, { term: "新的名词", meaning: "" }] })
          }
        >
          增加一条
        </Button>
      </h2>
      {glossary.map((entry, index) => (
        <div key={index} className="edition-term">
          <Input
            aria-label={`第 ${String(index + 1)} 条的名词`}
            value={entry.term}
            onChange={({ target }) =>
              change({
                ...data,
                glossary: replaced(glossary, index, { ...entry, term: target.value }),
              })
            }
          />
          <Input.TextArea
            aria-label={`第 ${String(index + 1)} 条的解释`}
            autoSize
            value={entry.meaning}
            onChange={({ target }) =>
              change({
                ...data,
                glossary: replaced(glossary, index, { ...entry, meaning: target.value }),
              })
            }
          />
          <span className="edition-acts">
            <Button
              size="small"
              aria-label={`上移“${entry.term}”`}
              disabled={index === 0}
              onClick={() => change({ ...data, glossary: moved(glossary, index, -1) })}
            >
              ↑
            </Button>
            <Button
              size="small"
              onClick={() => change({ ...data, glossary: without(glossary, index) })}
            >
              删去
            </Button>
          </span>
        </div>
      ))}
    </section>
  );
}

/** Codes shown at once: the whole list has more than a thousand. */
const mostShown = 60;

/** 支出功能分类 codes of the year: found by code or name, added, renamed, removed. */
export function CodesPart({ region, desk }: { region: string; desk: EditionDesk }) {
  const { data, change } = desk;
  const [search, setSearch] = useState("");
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const all = Object.entries(data.functionCodes).sort(([a], [b]) => (a < b ? -1 : 1));
  const found = all.filter(([one, title]) => one.startsWith(search) || title.includes(search));
  const fault =
    code === ""
      ? undefined
      : !/^\d{3}(?:\d{2}){0,2}$/u.test(code)
        ? "编码为 3 位（类）、5 位（款）或 7 位（项）数字。"
        : code in data.functionCodes
          ? "已有这个编码，请在下面改它的名称。"
          : undefined;
  const set = (functionCodes: typeof data.functionCodes) => change({ ...data, functionCodes });
  return (
    <section className="panel" aria-label="科目编码">
      <h2>
        支出功能分类科目 <span className="quiet">{all.length} 个</span>
        <Input.Search
          className="beside edition-search"
          allowClear
          placeholder="按编码或名称查找"
          aria-label="查找科目"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </h2>
      <div className="edition-fields">
        <CodeListImport
          region={region}
          codes={data.functionCodes}
          onTake={(changed) => set({ ...data.functionCodes, ...changed })}
        />
        <label>
          新科目编码
          <Input
            inputMode="numeric"
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </label>
        <label className="edition-grow">
          名称
          <Input value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <Button
          disabled={code === "" || name === "" || fault !== undefined}
          onClick={() => {
            set({ ...data.functionCodes, [code]: name });
            setCode("");
            setName("");
          }}
        >
          增加
        </Button>
      </div>
      {fault !== undefined && (
        <p className="template-fault" role="alert">
          {fault}
        </p>
      )}
      {found.length === 0 && <Nothing>没有这样的科目。</Nothing>}
      <ul className="edition-list">
        {found.slice(0, mostShown).map(([one, title]) => (
          <li key={one}>
            <code className={`edition-level-${String(one.length)}`}>{one}</code>
            <Input
              aria-label={`${one} 的名称`}
              value={title}
              onChange={({ target }) => set({ ...data.functionCodes, [one]: target.value })}
            />
            <Button
              size="small"
              onClick={() => set(Object.fromEntries(all.filter(([other]) => other !== one)))}
            >
              删去
            </Button>
          </li>
        ))}
      </ul>
      {found.length > mostShown && (
        <p className="quiet">另有 {found.length - mostShown} 个，请再缩小查找范围。</p>
      )}
    </section>
  );
}
