import { Button, Input } from "antd";
import { replaced } from "./changed-data.ts";
import { ListActs } from "./list-acts.tsx";
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
          <ListActs
            name={`“${entry.term}”`}
            list={glossary}
            index={index}
            onChange={(next) => change({ ...data, glossary: next })}
          />
        </div>
      ))}
    </section>
  );
}
