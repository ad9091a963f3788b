import { Button, Input, Select } from "antd";
import { useMemo, useState } from "react";
import { severityName } from "../../../shared/checks/names.ts";
import { Nothing } from "../app/placeholders.tsx";
import { replaced, without } from "./changed-data.ts";
import { SourcePathInput } from "./source-path-input.tsx";
import { sourcePathsIn, type SourcePath } from "./source-paths.ts";
import { freeRelationId, relationText, withRelationText, type Relation } from "./relation-text.ts";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** Relations of tables that only this edition has; those of the national tables are in the rules. */
export function RelationsEditor({
  desk,
  loaded: { edition },
}: {
  desk: EditionDesk;
  loaded: LoadedEdition;
}) {
  const { data, change } = desk;
  const cells = useMemo(
    () =>
      edition === undefined ? [] : sourcePathsIn(edition).filter(({ kind }) => kind === "cell"),
    [edition],
  );
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
          {...{ relation, cells }}
          onChange={(next) => set(replaced(relations, index, next))}
          onRemove={() => set(without(relations, index))}
        />
      ))}
    </section>
  );
}

function RelationRow({
  relation,
  cells,
  onChange,
  onRemove,
}: {
  relation: Relation;
  cells: readonly SourcePath[];
  onChange: (relation: Relation) => void;
  onRemove: () => void;
}) {
  const [typed, setTyped] = useState(relationText(relation));
  const [search, setSearch] = useState("");
  const isRead = withRelationText(relation, typed) !== undefined;
  const type = (text: string) => {
    setTyped(text);
    const next = withRelationText(relation, text);
    if (next !== undefined) onChange(next);
  };
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
        onChange={({ target }) => type(target.value)}
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
      <div className="edition-relation-more">
        <label>
          依据（文号，可不填）
          <Input
            size="small"
            maxLength={200}
            value={relation.basis ?? ""}
            onChange={({ target }) => {
              const { basis: _, ...rest } = relation;
              onChange(target.value === "" ? rest : { ...rest, basis: target.value });
            }}
          />
        </label>
        <SourcePathInput
          label="按名称查找单元格，选中后写在后面"
          value={search}
          sourcePaths={cells}
          onChange={(value) => {
            const isChosen = cells.some((cell) => cell.value === value);
            setSearch(isChosen ? "" : value);
            if (isChosen) type(`${typed.trimEnd()} ${value}`.trimStart());
          }}
        />
      </div>
      {!isRead && (
        <p className="template-fault" role="alert">
          没有读懂这条关系，仍保留原来的：请按上面的写法改正。
        </p>
      )}
    </div>
  );
}
