import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useMemo, useState } from "react";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import {
  editionDataResponse,
  editionDraftResponse,
  ownEditionResponse,
  type OwnEditionView,
} from "../../../shared/contract/responses.ts";
import { changesBetween } from "../../../shared/editions/changes-between.ts";
import { derive, type EditionChanges } from "../../../shared/editions/derive.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { refusalText } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { useKeptText } from "../editing/use-kept-text.ts";

/** An own edition on the desk: as it is stored, and as it is with what was changed on this machine. */
export interface EditionDesk {
  readonly record: OwnEditionView;
  readonly base: EditionData;
  readonly data: EditionData;
  /** Something is changed here that is not saved. */
  readonly isChanged: boolean;
  /** Another administrator saved the draft since it was opened here; both changes are in `data`. */
  readonly isMerged: boolean;
  readonly change: (next: EditionData) => void;
  readonly giveUp: () => void;
  /** The edition as stored then; undefined where that was refused, which is shown. */
  readonly save: () => Promise<OwnEditionView | undefined>;
  readonly isSaving: boolean;
}

/** Undefined while it is read. Others save drafts, too: the record is read again now and then. */
export function useEditionDesk(region: string, key: string) {
  const { api } = useSigned();
  const record = useQuery({
    queryKey: ["own-editions", region, key],
    queryFn: () => api.get(`/regions/${region}/own-editions/${key}`, editionDraftResponse),
    refetchInterval: 20_000,
  });
  const baseId = record.data?.base;
  const base = useQuery({
    queryKey: ["edition-data", baseId],
    queryFn: () => api.get(`/editions/${baseId ?? ""}`, editionDataResponse),
    enabled: baseId !== undefined,
    staleTime: Infinity,
  });
  const desk = useDesk(region, record.data, base.data);
  return { desk, error: record.error ?? base.error };
}

type Draft = OwnEditionView & { readonly changes: unknown };

function useDesk(
  region: string,
  record: Draft | undefined,
  base: EditionData | undefined,
): EditionDesk | undefined {
  const { api } = useSigned();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const kept = useKeptText(`edition/${region}/${record?.key ?? ""}`, "draft");
  /** The version that what is changed here was begun on. */
  const [begun, setBegun] = useState(record?.version);
  if (!kept.isWritten && begun !== record?.version) setBegun(record?.version);
  const stored = useMemo(
    () => base && record && derived(base, record.changes as EditionChanges),
    [base, record],
  );
  // What is changed here is kept as the difference from what is stored, so that it also fits what another one saved.
  const data = useMemo(
    () =>
      stored &&
      (kept.isWritten ? derived(stored, JSON.parse(kept.text) as EditionChanges) : stored),
    [stored, kept.isWritten, kept.text],
  );
  const { write, clear } = kept;
  const change = useCallback(
    (next: EditionData) => {
      if (stored === undefined) return;
      if (canonicalJson(next) === canonicalJson(stored)) clear();
      else write(canonicalJson(changesBetween(stored, next)));
    },
    [stored, write, clear],
  );
  if (record === undefined || base === undefined || data === undefined) return undefined;

  const save = async (): Promise<OwnEditionView | undefined> => {
    setSaving(true);
    const { id, ...changes } = changesBetween(base, data);
    try {
      const saved = await api.send(
        "PUT",
        `/regions/${region}/own-editions/${id}`,
        { base: record.base, changes, version: record.version },
        ownEditionResponse,
      );
      await queries.invalidateQueries({ queryKey: ["own-editions"] });
      clear();
      void message.success("草稿已保存。");
      return saved;
    } catch (error) {
      modal.warning({ title: "草稿没有保存", content: refusalText(error) });
      await queries.invalidateQueries({ queryKey: ["own-editions", region, id] });
      return undefined;
    } finally {
      setSaving(false);
    }
  };
  return {
    ...{ record, base, data, change, save, isSaving, giveUp: clear },
    isChanged: kept.isWritten,
    isMerged: kept.isWritten && begun !== undefined && begun < record.version,
  };
}

/** What was saved as changes fits its base; changes kept here that fit no more are left out. */
function derived(base: EditionData, changes: EditionChanges): EditionData {
  const made = derive(base, changes);
  return made.ok ? (made.value as EditionData) : base;
}
