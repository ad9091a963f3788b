import { useDeferredValue, useMemo, useState } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { loadEdition, type EditionFault } from "../../../shared/editions/load-edition.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { compileSentences } from "../../../shared/narrative/template/compile.ts";
import { factKind } from "../../../shared/narrative/template/fact-paths.ts";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import { writeReport, type WrittenReport } from "../../../shared/narrative/written-report.ts";
import type { Report } from "../../../shared/report/report.ts";
import { previewSeed, sampleReport } from "../../../shared/sample/sample-report.ts";

/** What a draft comes to: the edition and a sample report in it, or its faults beside the last that was whole. */
export interface LoadedEdition {
  readonly faults: readonly EditionFault[];
  /** Faults of templates with their line and character. */
  readonly sentenceFaults: readonly SentencesFault[];
  /** Of the draft, or of what it was before it had faults. */
  readonly edition: Edition | undefined;
  readonly sample: { readonly report: Report; readonly written: WrittenReport } | undefined;
}

/** Reads the draft again when typing pauses. */
export function useLoadedEdition(data: EditionData): LoadedEdition {
  const settled = useDeferredValue(data);
  const loaded = useMemo(() => loadEdition(settled), [settled]);
  const [last, setLast] = useState<Edition>();
  if (loaded.ok && loaded.value !== last) setLast(loaded.value);
  const edition = loaded.ok ? loaded.value : last;
  const sample = useMemo(() => edition && sampleOf(edition), [edition]);
  const sentenceFaults = useMemo(
    () => (edition === undefined ? [] : sentenceFaultsOf(settled, edition)),
    [settled, edition],
  );
  return { faults: loaded.ok ? [] : loaded.error, sentenceFaults, edition, sample };
}

function sampleOf(edition: Edition) {
  const report = sampleReport(edition, { seed: previewSeed });
  return { report, written: writeReport(report) };
}

function sentenceFaultsOf({ sentences }: EditionData, edition: Edition) {
  const compiled = compileSentences(sentences, edition, factKind);
  return compiled.ok ? [] : compiled.error;
}
