import type { ComponentProps } from "react";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { ValueConflict } from "../report/section-conflict.tsx";
import { narrativePlace } from "./narrative-place.ts";

/** Two people wrote into the narrative: each place by the sentence or chapter it is in. */
export const NarrativeConflict = ({
  whole,
  ...conflict
}: { readonly whole: Report } & Omit<
  ComponentProps<typeof ValueConflict<Narrative>>,
  "nameOf"
>) => (
  <ValueConflict
    {...conflict}
    nameOf={([kind = "", key = ""]) => narrativePlace(whole, kind, key)}
  />
);
