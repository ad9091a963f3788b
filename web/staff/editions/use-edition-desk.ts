import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { OwnEditionView } from "../../../shared/contract/responses.ts";
import { changesBetween } from "../../../shared/editions/changes-between.ts";
import { derive, type EditionChanges } from "../../../shared/editions/derive.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { ApiRefusal } from "../api/client.ts";
import { refusalText } from "../api/queries.ts";
import { message, modal } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { useKeptText } from "../editing/use-kept-text.ts";

/** What another administrator saved since the changes here were begun. */
export interface OtherDraft {
  /** The draft that the changes here were begun on, and as the other one saved it since. */
  readonly begun: EditionData;
  readonly saved: EditionData;
  /** Both changes in one, this machine's where both changed the same; none where they do not fit together. */
  readonly mine: EditionData | undefined;
  /** The same, the other's where both changed the same. */
  readonly theirs: EditionData | undefined;
  /** Goes on with one of them, or with what is here as it is, from the draft that the other one saved. */
  readonly goOn: (data: EditionData) => void;
}

/** An own edition on the desk: as it is stored, and as it is with what was changed on this machine. */
export interface EditionDesk {
  readonly record: OwnEditionView;
  readonly base: EditionData;
  readonly data: EditionData;
  /** Something is changed here that is not saved. */
  readonly isChanged: boolean;
  /** Another administrator saved the draft meanwhile: nothing is saved here until somebody decides what holds. */
  readonly other: OtherDraft | undefined;
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
    queryFn: () => api.get(`/regions/${region}/own-editions/${key}`, "editionDraftResponse"),
    refetchInterval: 20_000,
  });
  const baseId = record.data?.base;
  const base = useQuery({
    queryKey: ["edition-data", baseId],
    queryFn: () => api.get(`/editions/${baseId ?? ""}`, "editionDataResponse"),
    enabled: baseId !== undefined,
    staleTime: Infinity,
  });
  const desk = useDesk(region, record.data, base.data);
  const misfit = useMemo(() => {
    if (record.data === undefined || base.data === undefined) return undefined;
    const made = derive(base.data, record.data.changes);
    return made.ok ? undefined : { name: record.data.name, faults: made.error };
  }, [record.data, base.data]);
  return { desk, misfit, error: record.error ?? base.error };
}

type Draft = OwnEditionView & { readonly changes: unknown };

/** The draft that changes were begun on, kept beside them: another administrator's may replace it meanwhile. */
interface BegunOn {
  readonly version: number;
  readonly changes: EditionChanges;
}

function useDesk(
  region: string,
  record: Draft | undefined,
  base: EditionData | undefined,
): EditionDesk | undefined {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const kept = useKeptChanges(region, record, base);
  if (record === undefined || base === undefined || kept === undefined) return undefined;

  const save = async (): Promise<OwnEditionView | undefined> => {
    setSaving(true);
    const { id, ...changes } = changesBetween(base, kept.data);
    try {
      const saved = await api.send(
        "PUT",
        `/regions/${region}/own-editions/${id}`,
        { base: record.base, changes, version: record.version },
        "ownEditionResponse",
      );
      queries.setQueryData(["own-editions", region, id], {
        ...saved,
        changes: { id, ...changes },
      });
      kept.saved(saved.version);
      void queries.invalidateQueries({ queryKey: ["own-editions"] });
      message.success("草稿已保存。");
      return saved;
    } catch (error) {
      const isStale = error instanceof ApiRefusal && error.code === "stale_version";
      modal.warning({
        title: "草稿没有保存",
        content: isStale
          ? "另一名管理员先保存了草稿。双方的修改列在页面上方，请选择以谁的为准后再保存；您的修改仍在本机。"
          : refusalText(error),
      });
      await queries.invalidateQueries({ queryKey: ["own-editions", region, id] });
      return undefined;
    } finally {
      setSaving(false);
    }
  };
  const { data, isChanged, other, change, giveUp } = kept;
  return { record, base, data, isChanged, other, change, giveUp, save, isSaving };
}

/**
 * What is changed on this machine, kept as the difference from the draft that it was begun on. Nothing another one saves
 * meanwhile is mixed into it by itself.
 */
function useKeptChanges(region: string, record: Draft | undefined, base: EditionData | undefined) {
  const place = `edition/${region}/${record?.key ?? ""}`;
  const { write, clear, ...kept } = useKeptText(place, "draft");
  const { write: writeBegun, clear: clearBegun, ...keptBegun } = useKeptText(place, "begun");
  const { drafts } = useSigned();
  const stored = useMemo(() => base && record && storedDraft(base, record), [base, record]);
  const begunOn = useMemo(
    () =>
      kept.isWritten && keptBegun.isWritten ? (JSON.parse(keptBegun.text) as BegunOn) : undefined,
    [kept.isWritten, keptBegun.isWritten, keptBegun.text],
  );
  const begun = useMemo(
    () => (base && begunOn ? derived(base, begunOn.changes) : stored),
    [base, begunOn, stored],
  );
  const data = useMemo(
    () =>
      begun && (kept.isWritten ? derived(begun, JSON.parse(kept.text) as EditionChanges) : begun),
    [begun, kept.isWritten, kept.text],
  );
  const giveUp = useCallback(() => {
    clear();
    clearBegun();
  }, [clear, clearBegun]);
  const keepFrom = useCallback(
    (on: Draft, from: EditionData, next: EditionData) => {
      if (canonicalJson(next) === canonicalJson(from)) {
        giveUp();
        return;
      }
      const { version, changes } = on;
      writeBegun(JSON.stringify({ version, changes }));
      write(canonicalJson(changesBetween(from, next)));
    },
    [giveUp, write, writeBegun],
  );
  const change = useCallback(
    (next: EditionData) => {
      if (record === undefined || begun === undefined) return;
      keepFrom(begunOn === undefined ? record : { ...record, ...begunOn }, begun, next);
    },
    [record, begun, begunOn, keepFrom],
  );
  const isOutdated =
    begunOn !== undefined && record !== undefined && begunOn.version < record.version;
  const other = useMemo((): OtherDraft | undefined => {
    if (!isOutdated || begun === undefined || stored === undefined || data === undefined) {
      return undefined;
    }
    const goOn = (next: EditionData) => keepFrom(record, stored, next);
    const mine = withChangesOf(stored, { from: begun, to: data });
    const theirs = withChangesOf(data, { from: begun, to: stored });
    return { begun, saved: stored, mine, theirs, goOn };
  }, [isOutdated, begun, stored, data, record, keepFrom]);
  if (data === undefined || record === undefined) return undefined;

  const written = kept.text;
  /** What was typed while it was being saved goes on from what was saved. */
  const saved = (version: number) => {
    const now = drafts.texts.get(place, "draft");
    if (now === undefined || now === written || base === undefined || begun === undefined) {
      giveUp();
      return;
    }
    const { id, ...changes } = changesBetween(base, data);
    const on = { ...record, version, changes: { id, ...changes } };
    keepFrom(on, data, derived(begun, JSON.parse(now) as EditionChanges));
  };
  return { data, isChanged: kept.isWritten, other, change, giveUp, saved };
}

/** What was changed from the one edition to the other, changed in this one too; none where it does not fit. */
function withChangesOf(
  edition: EditionData,
  { from, to }: { readonly from: EditionData; readonly to: EditionData },
): EditionData | undefined {
  const { name, year } = edition;
  return fitting(edition, {
    ...changesBetween(from, to),
    // These are stated in every change, also where they are as before.
    ...(from.name === to.name ? { name } : {}),
    ...(from.year === to.year ? { year } : {}),
  });
}

const storedDraft = (base: EditionData, { changes }: Draft): EditionData =>
  derived(base, changes as EditionChanges);

/** What was saved fits its base, and what is kept here fits what it was begun on. */
const derived = (base: EditionData, changes: EditionChanges): EditionData =>
  fitting(base, changes) ?? base;

/** None where the changes take away what the edition does not have. */
function fitting(base: EditionData, changes: EditionChanges): EditionData | undefined {
  const made = derive(base, changes);
  return made.ok ? (made.value as EditionData) : undefined;
}
