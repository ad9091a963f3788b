import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useRef, type ReactNode } from "react";
import { issueText } from "../../../shared/issue-text.ts";
import { assertNever } from "../../../shared/result.ts";
import { placeInWords } from "../../../shared/editions/fault-place.ts";
import { editionDataSchema } from "../../../shared/editions/edition-data.ts";
import { message, modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";
import { keepFile } from "../app/keep-file.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { CodesPart } from "../editions/codes-part.tsx";
import { DifferencesPart } from "../editions/differences-part.tsx";
import "../editions/editions.css";
import { GlossaryPart } from "../editions/glossary-part.tsx";
import { NamesPart } from "../editions/names-part.tsx";
import { OtherDraftPart } from "../editions/other-draft.tsx";
import { PreviewPart } from "../editions/preview-part.tsx";
import { SentencesPart } from "../editions/sentences-part.tsx";
import { SettingsPart } from "../editions/settings-part.tsx";
import { SourcesPart } from "../editions/sources-part.tsx";
import { TablesPart } from "../editions/tables-part.tsx";
import { useEditionDesk, type EditionDesk } from "../editions/use-edition-desk.ts";
import { useLoadedEdition, type LoadedEdition } from "../editions/use-loaded-edition.ts";
import { UsePart } from "../editions/use-part.tsx";

const parts = {
  settings: "概况",
  tables: "报表",
  sentences: "说明文字",
  names: "数字与列表",
  glossary: "名词解释",
  codes: "科目编码",
  differences: "与基础版式的差异",
  sources: "依据",
  preview: "整本预览",
  use: "试运行与启用",
} as const;
type DeskPart = keyof typeof parts;
const isPart = (part: string): part is DeskPart => part in parts;

/** Faults named at once; whoever mends these sees the next. */
const mostFaults = 12;

/** The desk of one own edition (版式): what it has otherwise than its base, tried and put into use. */
export function EditionPage(): ReactNode {
  const { region, key } = useParams({ from: "/editions/$region/$key/$part" });
  const { desk, error, misfit } = useEditionDesk(region, key);
  if (error !== null) return <Failure error={error} />;
  if (misfit !== undefined) return <Misfit region={region} {...misfit} />;
  return desk === undefined ? <Loading /> : <Desk region={region} desk={desk} />;
}

/** A draft whose base is no longer what it was made from, after an update of the program: nothing of it is guessed. */
function Misfit({
  region,
  name,
  faults,
}: {
  region: string;
  name: string;
  faults: LoadedEdition["faults"];
}) {
  return (
    <>
      <title>{`${name} · 决算编审`}</title>
      <p className="edition-back">
        <Link to="/editions/$region" params={{ region }}>
          ← 版式
        </Link>
      </p>
      <h1 className="page-title">{name}</h1>
      <section className="notice error" role="alert">
        <p>
          草稿有 {faults.length}{" "}
          处改动与现在的基础版式对不上，没有打开，已存的草稿没有改变。请由现在的基础版式重新派生，照下列各处重做其余的改动；已启用的版本不受影响。
        </p>
        <ul className="fault-list">
          {faults.slice(0, mostFaults).map(({ path, message }) => (
            <li key={path}>
              <strong>{placeInWords({}, path)}</strong> {message}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Desk({ region, desk }: { region: string; desk: EditionDesk }) {
  const { key, part } = useParams({ from: "/editions/$region/$key/$part" });
  const loaded = useLoadedEdition(desk.data);
  const { record } = desk;
  const shown: DeskPart = isPart(part) ? part : "settings";
  const giveUp = () => {
    modal.confirm(
      giveUpQuestion({
        title: "放弃没有保存的修改？",
        content: "版式回到最后一次保存的草稿，放弃的修改不能恢复。",
        keep: "继续修改",
        onGiveUp: desk.giveUp,
      }),
    );
  };
  return (
    <>
      <title>{`${desk.data.name} · 决算编审`}</title>
      <p className="edition-back">
        <Link to="/editions/$region" params={{ region }}>
          ← 版式
        </Link>
      </p>
      <div className="edition-title">
        <h1 className="page-title">{desk.data.name}</h1>
        <span className={`chip ${record.versions.length === 0 ? "absent" : "approved"}`}>
          {record.versions.length === 0 ? "草稿" : `使用中 第 ${String(record.versions.length)} 版`}
        </span>
        <span className="edition-title-acts">
          <span className="quiet" role="status">
            {desk.isChanged ? "有没保存的修改（已留在本机）" : "与已存草稿一致"}
          </span>
          <FileActs desk={desk} />
          <Button disabled={!desk.isChanged} onClick={giveUp}>
            放弃修改
          </Button>
          <Button
            type="primary"
            loading={desk.isSaving}
            disabled={!desk.isChanged || desk.other !== undefined}
            onClick={() => void desk.save()}
          >
            保存草稿
          </Button>
        </span>
      </div>
      {desk.other !== undefined && <OtherDraftPart desk={desk} other={desk.other} />}
      <PartsNav shown={shown} region={region} editionKey={key} />
      <Faults faults={loaded.faults} data={desk.data} />
      <PartOf part={shown} {...{ region, desk, loaded }} />
    </>
  );
}

/** On a narrow screen the part that is shown is brought into sight. */
function PartsNav({
  shown,
  region,
  editionKey,
}: {
  shown: DeskPart;
  region: string;
  editionKey: string;
}) {
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [shown]);
  return (
    <nav className="edition-nav" aria-label="版式的各部分">
      {Object.entries(parts).map(([id, name]) => (
        <Link
          key={id}
          to="/editions/$region/$key/$part"
          params={{ region, key: editionKey, part: id }}
          {...(id === shown ? { "aria-current": "page" as const, ref: current } : {})}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

function PartOf({
  part,
  region,
  desk,
  loaded,
}: {
  part: DeskPart;
  region: string;
  desk: EditionDesk;
  loaded: LoadedEdition;
}) {
  switch (part) {
    case "settings":
      return <SettingsPart desk={desk} />;
    case "tables":
      return <TablesPart region={region} desk={desk} loaded={loaded} />;
    case "sentences":
      return <SentencesPart desk={desk} loaded={loaded} />;
    case "names":
      return <NamesPart desk={desk} loaded={loaded} />;
    case "glossary":
      return <GlossaryPart desk={desk} />;
    case "codes":
      return <CodesPart region={region} desk={desk} />;
    case "differences":
      return <DifferencesPart desk={desk} baseName={desk.base.name} />;
    case "sources":
      return <SourcesPart desk={desk} />;
    case "preview":
      return <PreviewPart region={region} desk={desk} loaded={loaded} />;
    case "use":
      return <UsePart region={region} desk={desk} loaded={loaded} />;
    default:
      return assertNever(part);
  }
}

function Faults({ faults, data }: { faults: LoadedEdition["faults"]; data: unknown }) {
  if (faults.length === 0) return null;
  return (
    <details className="notice error" open={faults.length <= 3}>
      <summary>版式还有 {faults.length} 处问题，改正前不能试运行和启用；草稿可以照常保存。</summary>
      <ul className="fault-list">
        {faults.slice(0, mostFaults).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <strong>{placeInWords(data, path)}</strong> {message}
          </li>
        ))}
        {faults.length > mostFaults && <li>另有 {faults.length - mostFaults} 处。</li>}
      </ul>
    </details>
  );
}

/** The edition as one file, which a province hands to its cities, and such a file taken over into this draft. */
function FileActs({ desk }: { desk: EditionDesk }) {
  const picker = useRef<HTMLInputElement>(null);
  const { data, change } = desk;
  const take = async (file: File) => {
    if (file.size > mostFileBytes) {
      modal.warning({
        title: "没有导入",
        content: `“${file.name}”超过 8 MB，不会是版式文件（通常不到 1 MB）。请选择由“导出”得到的 .json 文件。`,
      });
      return;
    }
    const read = editionDataSchema.safeParse(parsedJson(await file.text()));
    if (!read.success) {
      const [issue] = read.error.issues;
      modal.warning({
        title: "没有导入",
        content: `“${file.name}”不是版式文件${issue === undefined ? "" : `：${issueText(issue)}（${issue.path.join(".")}）`}。请选择由“导出”得到的 .json 文件。`,
      });
      return;
    }
    const { id, name, year } = data;
    const { base: _, sources: __, ...rest } = read.data;
    change({ ...rest, id, name, year });
    message.success("已导入为没保存的修改，请核对差异后保存草稿。");
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="选择版式文件"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file !== undefined) void take(file);
        }}
      />
      <Button onClick={() => picker.current?.click()}>导入</Button>
      <Button
        onClick={() =>
          keepFile(
            new Blob([JSON.stringify(data, undefined, 1)], { type: "application/json" }),
            `${data.name}.json`,
          )
        }
      >
        导出
      </Button>
    </>
  );
}

/** Twice what the API takes of all that an edition can state. */
const mostFileBytes = 8 * 1024 * 1024;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
