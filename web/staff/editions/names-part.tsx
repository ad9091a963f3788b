import { Button, Input } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import type { Sentences } from "../../../shared/forms/sentences-schema.ts";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import { renamed, usesOf, type NameKind } from "../../../shared/narrative/template/rename.ts";
import { omit } from "../../../shared/omit.ts";
import { modal } from "../app/feedback.tsx";
import { Nothing } from "../app/placeholders.tsx";
import { ListEditor } from "./list-editor.tsx";
import { sourcePathsIn, type SourcePath } from "./source-paths.ts";
import { QuantityEditor } from "./quantity-editor.tsx";
import { listText, quantityText } from "./quantity-text.ts";
import { suggestionsOf } from "./sentence-places.ts";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** 数字 and 列表: the names that sentences are written with, each with what it is taken from. */
export function NamesPart({ desk, loaded }: { desk: EditionDesk; loaded: LoadedEdition }) {
  const { edition } = loaded;
  const sourcePaths = useMemo(
    () => (edition === undefined ? [] : sourcePathsIn(edition)),
    [edition],
  );
  const placeName = useMemo(() => {
    const names = new Map(sourcePaths.map(({ value, name }) => [value, name]));
    return (path: string) => names.get(path) || path;
  }, [sourcePaths]);
  const titleOf = (table: string) => {
    const form = desk.data.forms.find(({ id }) => id === table);
    return form === undefined ? table : `《${form.title}》`;
  };
  const { quantities, lists } = desk.data.sentences;
  return (
    <>
      <NameList
        kind="quantities"
        title="数字"
        hint="句子里写“{金额 名称}”等处所用的名称：取自表中的一格、填报的基本情况和绩效，或由别的数字算出。"
        added={(name) => ({ [name]: "" })}
        described={Object.entries(quantities).map(([name, quantity]) => ({
          name,
          text: quantityText(quantity, placeName),
        }))}
        {...{ desk, loaded }}
      >
        {(name, set) => {
          const quantity = quantities[name];
          return (
            quantity !== undefined && (
              <QuantityEditor
                {...{ name, quantity, sourcePaths }}
                names={Object.keys(quantities)}
                onChange={set}
              />
            )
          );
        }}
      </NameList>
      <NameList
        kind="lists"
        title="列表"
        hint="句子、段落和“构成”逐项重复时所用的列表：几个数字、表中的几行、科目，或填报的清单。"
        added={(name) => ({ [name]: { entries: "facts.units" } })}
        described={Object.entries(lists).map(([name, list]) => ({
          name,
          text: listText(list, placeName, titleOf),
        }))}
        {...{ desk, loaded }}
      >
        {(name, set, faults) => <ListOf {...{ name, sourcePaths, desk, faults, set }} />}
      </NameList>
    </>
  );
}

function ListOf({
  name,
  sourcePaths,
  desk,
  faults,
  set,
}: {
  name: string;
  sourcePaths: readonly SourcePath[];
  desk: EditionDesk;
  faults: readonly SentencesFault[];
  set: (list: Sentences["lists"][string]) => void;
}) {
  const { data } = desk;
  const list = data.sentences.lists[name];
  const suggestions = useMemo(() => suggestionsOf(data), [data]);
  if (list === undefined) return null;
  return (
    <ListEditor
      {...{ name, list, data, sourcePaths, suggestions }}
      faults={faults.filter(({ at }) => at !== undefined)}
      onChange={set}
    />
  );
}

type Member<Kind extends NameKind> = Sentences[Kind][string];

function NameList<Kind extends NameKind>({
  kind,
  title,
  hint,
  added,
  described,
  desk,
  loaded,
  children,
}: {
  kind: Kind;
  title: string;
  hint: string;
  added: (name: string) => Sentences[Kind];
  described: readonly { readonly name: string; readonly text: string }[];
  desk: EditionDesk;
  loaded: LoadedEdition;
  children: (
    name: string,
    set: (member: Member<Kind>) => void,
    faults: readonly SentencesFault[],
  ) => ReactNode;
}) {
  const { data, change } = desk;
  const sentences = data.sentences;
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<string>();
  const [typed, setTyped] = useState("");
  const set = (next: Sentences) => change({ ...data, sentences: next });
  const found = described.filter(({ name, text }) => `${name} ${text}`.includes(search));
  const fault = nameFault(typed, sentences[kind]);
  const rename = (from: string, to: string) => {
    set(renamed(sentences, { kind, from, to }));
    if (search !== "") setSearch(to);
    setOpened(to);
  };
  const remove = (name: string) => {
    const uses = usesOf(sentences, kind, name);
    const drop = () => {
      setOpened(undefined);
      set({ ...sentences, [kind]: omit(sentences[kind], name) });
    };
    if (uses === 0) {
      drop();
      return;
    }
    modal.confirm({
      title: `删去${title}“${name}”？`,
      content: `还有 ${String(uses)} 处用到它，删去后这些地方会成为问题，须一并修改。可用“放弃修改”恢复。`,
      okText: "删去",
      cancelText: "不删",
      onOk: drop,
    });
  };
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} <span className="quiet">{described.length} 个</span>
        <Input.Search
          className="beside edition-search"
          allowClear
          placeholder="按名称或来源查找"
          aria-label={`查找${title}`}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </h2>
      <p className="quiet">{hint}</p>
      <div className="edition-fields">
        <label className="edition-grow">
          新增{title}的名称
          <Input maxLength={60} value={typed} onChange={({ target }) => setTyped(target.value)} />
        </label>
        <Button
          disabled={typed === "" || fault !== undefined}
          onClick={() => {
            set({ ...sentences, [kind]: { ...sentences[kind], ...added(typed) } });
            setSearch(typed);
            setOpened(typed);
            setTyped("");
          }}
        >
          增加
        </Button>
      </div>
      {typed !== "" && fault !== undefined && (
        <p className="template-fault" role="alert">
          {fault}
        </p>
      )}
      {found.length === 0 && <Nothing>没有找到。</Nothing>}
      {found.map(({ name, text }) => {
        const faults = faultsOf(loaded, [kind, name], text === "");
        const isOpen = opened === name;
        return (
          <div key={name} className={`edition-sentence${isOpen ? " open" : ""}`}>
            <button
              type="button"
              className="disclosure"
              aria-expanded={isOpen}
              onClick={() => setOpened(isOpen ? undefined : name)}
            >
              <span className="edition-name">{name}</span>
              <span className="edition-template quiet">{text}</span>
              {faults.length > 0 && <span className="chip failed">有问题</span>}
            </button>
            {isOpen && (
              <div className="edition-opened">
                <Renaming
                  key={name}
                  name={name}
                  faultOf={(to) => nameFault(to, omit(sentences[kind], name))}
                  onRename={(to) => rename(name, to)}
                  onRemove={() => remove(name)}
                />
                {children(
                  name,
                  (member) => set({ ...sentences, [kind]: { ...sentences[kind], [name]: member } }),
                  faults,
                )}
                {faults
                  .filter(({ at }) => at === undefined)
                  .map(({ message }) => (
                    <p key={message} className="template-fault" role="alert">
                      {message}
                    </p>
                  ))}
              </div>
            )}
          </div>
        );
      })}
    </section>
  );
}

/** Of one that is taken from nothing yet, that alone. */
function faultsOf(
  { sentenceFaults }: LoadedEdition,
  path: readonly [NameKind, string],
  isEmpty: boolean,
): readonly SentencesFault[] {
  return isEmpty
    ? [{ path, where: path[1], message: "还没有选择取自哪里，请键入名称查找。" }]
    : sentenceFaults.filter((fault) => path.every((step, index) => fault.path[index] === step));
}

/** The name is changed everywhere at once, when it is complete and not while it is typed. */
function Renaming({
  name,
  faultOf,
  onRename,
  onRemove,
}: {
  name: string;
  faultOf: (name: string) => string | undefined;
  onRename: (name: string) => void;
  onRemove: () => void;
}) {
  const [typed, setTyped] = useState(name);
  const fault = typed === name ? undefined : faultOf(typed);
  return (
    <>
      <div className="edition-fields">
        <label className="edition-grow">
          名称
          <Input
            maxLength={60}
            value={typed}
            status={fault === undefined ? "" : "error"}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <Button disabled={typed === name || fault !== undefined} onClick={() => onRename(typed)}>
          改名（用到的地方一并改）
        </Button>
        <Button danger onClick={onRemove}>
          删去
        </Button>
      </div>
      {fault !== undefined && (
        <p className="template-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

function nameFault(name: string, taken: Readonly<Record<string, unknown>>): string | undefined {
  if (!/^[^\s{}=*]+$/u.test(name)) return "名称不能为空，也不能含空格、花括号、等号和星号。";
  return Object.hasOwn(taken, name) ? `已有“${name}”，请换一个名称。` : undefined;
}
