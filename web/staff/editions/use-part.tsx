import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useMemo, useState } from "react";
import { differencesBetween } from "../../../shared/editions/differences.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { trialRun, type TrialFault } from "../../../shared/sample/trial-run.ts";
import { ApiRefusal } from "../api/client.ts";
import { refusalText } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { message, modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import { EditionChangesDialog } from "../report/edition-changes-dialog.tsx";
import { faultsOf } from "../report/faults.ts";
import { DifferencesTable } from "./differences-part.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** Trials with other figures and codes: what one sample report does not show another one may. */
const trials = 3;

const kindName = { relation: "表间关系", sentence: "说明文字", gap: "印不全的句子" } as const;

/** 试运行 and 启用: what contradicts itself is found on sample reports before years are opened with it. */
export function UsePart({
  region,
  desk,
  loaded,
}: {
  region: string;
  desk: EditionDesk;
  loaded: LoadedEdition;
}) {
  const [tried, setTried] = useState<{ edition: Edition; faults: readonly TrialFault[] }>();
  const [compared, setCompared] = useState<{ before: string; after: string }>();
  const { edition } = loaded;
  const isTried = tried !== undefined && tried.edition === edition;
  const canTry = edition !== undefined && loaded.faults.length === 0;
  return (
    <>
      <section className="panel" aria-label="试运行">
        <h2>
          试运行
          <Button
            className="beside"
            disabled={!canTry}
            onClick={() => {
              if (edition === undefined) return;
              const faults = Array.from({ length: trials }, (_, seed) =>
                trialRun(edition, seed + 1),
              ).flat();
              setTried({ edition, faults });
            }}
          >
            试运行
          </Button>
        </h2>
        {!canTry && <p className="quiet">版式还有问题，改正后才能试运行。</p>}
        {canTry && !isTried && (
          <p className="quiet">
            系统按本版式编出 {trials} 份样例报告，核对各表、勾稽关系和说明文字之间有没有矛盾。
          </p>
        )}
        {isTried && tried.faults.length === 0 && (
          <p className="notice published">样例报告没有发现矛盾，可以启用。</p>
        )}
        {isTried && tried.faults.length > 0 && (
          <DataTable
            label="试运行发现的问题"
            rows={tried.faults}
            empty=""
            keyOf={(_, index) => String(index)}
            columns={[
              { title: "类别", width: 110, cell: ({ kind }) => kindName[kind] },
              { title: "问题", cell: ({ message }) => message },
            ]}
          />
        )}
      </section>
      <UsePanel
        region={region}
        desk={desk}
        isReady={canTry && isTried && tried.faults.length === 0}
      />
      <section className="panel" aria-label="已启用的版本">
        <h2>已启用的版本</h2>
        <DataTable
          label="已启用的版本"
          rows={desk.record.versions
            .map((version, index) => ({ ...version, number: index + 1 }))
            .reverse()}
          empty="还没有启用过。"
          keyOf={({ id }) => id}
          columns={[
            { title: "版本", width: 90, cell: ({ number }) => `第 ${String(number)} 版` },
            { title: "启用时间", width: 170, cell: ({ at }) => localTime(at) },
            { title: "启用人", width: 110, cell: ({ byName }) => byName },
            { title: "说明", cell: ({ note }) => note },
            {
              title: "变化",
              width: 130,
              cell: ({ id, number }) => {
                const before = desk.record.versions[number - 2]?.id;
                return before === undefined ? null : (
                  <Button size="small" onClick={() => setCompared({ before, after: id })}>
                    较第 {number - 1} 版
                  </Button>
                );
              },
            },
            {
              title: "校验码",
              width: 130,
              cell: ({ id }) => <code title={id}>{id.split(".").at(-1)?.slice(0, 8)}</code>,
            },
          ]}
        />
      </section>
      {compared !== undefined && (
        <EditionChangesDialog {...compared} onClose={() => setCompared(undefined)} />
      )}
    </>
  );
}

/** How much the draft has otherwise than the version in use: whether another one is needed. */
function SinceVersion({ desk: { record, data } }: { desk: EditionDesk }) {
  const { api } = useSigned();
  const used = record.versions.at(-1)?.id;
  const inUse = useQuery({
    queryKey: ["edition-data", used],
    queryFn: () => api.get(`/editions/${used ?? ""}`, "editionDataResponse"),
    enabled: used !== undefined,
    staleTime: Infinity,
  });
  const differences = useMemo(
    () => inUse.data && differencesBetween(inUse.data, data),
    [inUse.data, data],
  );
  if (differences === undefined) return null;
  const version = `使用中的第 ${String(record.versions.length)} 版`;
  if (differences.length === 0) return <p className="quiet">草稿与{version}没有差别。</p>;
  return (
    <details className="edition-since">
      <summary>
        草稿较{version}有 {differences.length} 处不同
      </summary>
      <DifferencesTable label={`较${version}的差异`} differences={differences} />
    </details>
  );
}

function UsePanel({
  region,
  desk,
  isReady,
}: {
  region: string;
  desk: EditionDesk;
  isReady: boolean;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const { record } = desk;
  const use = async () => {
    setBusy(true);
    try {
      await api.send(
        "POST",
        `/regions/${region}/own-editions/${record.key}/use`,
        { note: note.trim(), version: record.version },
        "ownEditionResponse",
      );
      setNote("");
      message.success(`第 ${String(record.versions.length + 1)} 版已启用。`);
    } catch (error) {
      const faults = error instanceof ApiRefusal ? faultsOf(error.details) : [];
      modal.warning({
        title: "没有启用",
        content: (
          <>
            {refusalText(error)}
            {faults.length > 0 && (
              <ul className="fault-list">
                {faults.map(({ where, message: text }) => (
                  <li key={`${where} ${text}`}>
                    <strong>{where}</strong> {text}
                  </li>
                ))}
              </ul>
            )}
          </>
        ),
      });
    } finally {
      await queries.invalidateQueries({ queryKey: ["own-editions"] });
      setBusy(false);
    }
  };
  const why = desk.isChanged
    ? "还有没保存的修改，请先保存草稿。"
    : isReady
      ? undefined
      : "请先试运行，没有矛盾才能启用。";
  return (
    <section className="panel" aria-label="启用">
      <h2>启用第 {record.versions.length + 1} 版</h2>
      <SinceVersion desk={desk} />
      <p className="quiet">
        启用后这一版永远不变，新开的年度可以选用。年度进行中启用新的一版后，在“年度与单位”把年度换用新版：此后新建的报告用新版，编制中的报告由编制人查看变化后换用，已提交的仍用原来的一版。
      </p>
      <div className="edition-fields">
        <label className="edition-grow">
          启用说明
          <Input
            maxLength={200}
            placeholder="例如：2025年度首次启用；更正公开08表标题"
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
        <Button
          type="primary"
          loading={busy}
          disabled={why !== undefined || note.trim().length < 2}
          onClick={() => void use()}
        >
          启用
        </Button>
      </div>
      {why !== undefined && <p className="quiet">{why}</p>}
    </section>
  );
}
