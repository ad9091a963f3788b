import { Button, Input, Select } from "antd";
import { useState } from "react";
import { severityName } from "../../../shared/checks/names.ts";
import { Nothing } from "../app/placeholders.tsx";
import { replaced, without } from "./changed-data.ts";
import { freeRelationId, relationText, withRelationText, type Relation } from "./relation-text.ts";
import type { EditionDesk } from "./use-edition-desk.ts";

/** Relations of tables that only this edition has; those of the national tables are in the rules. */
export function RelationsEditor({ desk }: { desk: EditionDesk }) {
  const { data, change } = desk;
  const relations = data.relations ?? [];
  const set = (next: readonly Relation[]) => {
    const { relations: _, ...rest } = data;
    change(next.length === 0 ? rest : { ...rest, relations: next });
  };
  const added = (): Relation => ({
    id: freeRelationId(relations),
    statement: "合计等于各项之和",
    severity: "error",
    sumsByCode: data.forms.at(-1)?.id ?? "t01",
  });
  return (
    <section className="panel" aria-label="勾稽关系">
      <h2>
        本版式自带的勾稽关系 <span className="quiet">{relations.length}</span>
        <Button size="small" className="beside" onClick={() => set([...relations, added()])}>
          增加一条
        </Button>
      </h2>
      <p className="quiet">
        写作“t11/total/final = t11/a/final + t11/b/final”，单元格为 表/行/列，每一行或每一列写 *；
        “≤”表示不大于；按科目编码的表写“t11
        逐级汇总”。全国统一各表的关系已在审核规则中，不必在此重复。
      </p>
      {relations.length === 0 && <Nothing>没有自带的勾稽关系。</Nothing>}
      {relations.map((relation, index) => (
        <RelationRow
          key={relation.id}
          relation={relation}
          onChange={(next) => set(replaced(relations, index, next))}
          onRemove={() => set(without(relations, index))}
        />
      ))}
    </section>
  );
}

function RelationRow({
  relation,
  onChange,
  onRemove,
}: {
  relation: Relation;
  onChange: (relation: Relation) => void;
  onRemove: () => void;
}) {
  const [typed, setTyped] = useState(relationText(relation));
  const isRead = withRelationText(relation, typed) !== undefined;
  return (
    <div className="edition-relation">
      <strong>{relation.id}</strong>
      <Input
        aria-label={`${relation.id} 的说明`}
        value={relation.statement}
        onChange={({ target }) => onChange({ ...relation, statement: target.value })}
      />
      <Input
        aria-label={`${relation.id} 的关系`}
        status={isRead ? "" : "error"}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = withRelationText(relation, target.value);
          if (next !== undefined) onChange(next);
        }}
      />
      <Select
        aria-label={`${relation.id} 不成立时`}
        value={relation.severity}
        options={(["error", "warning", "hint"] as const).map((value) => ({
          value,
          label: severityName[value],
        }))}
        onChange={(severity) => onChange({ ...relation, severity })}
      />
      <Button size="small" onClick={onRemove}>
        删去
      </Button>
      {!isRead && (
        <p className="template-fault" role="alert">
          没有读懂这条关系，仍保留原来的：请按上面的写法改正。
        </p>
      )}
    </div>
  );
}
