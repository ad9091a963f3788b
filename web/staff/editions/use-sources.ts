import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { tracedSources, type TracedItem } from "../../../shared/editions/source-list.ts";
import { useSigned } from "../app/session-context.ts";
import type { EditionDesk } from "./use-edition-desk.ts";

/** Where the tables and sentences of the edition on the desk were seen; undefined until its bases are read. */
export function useSources({ data, base }: EditionDesk): readonly TracedItem[] | undefined {
  const { api } = useSigned();
  const bases = useQuery({
    queryKey: ["edition-bases", base.id],
    queryFn: async () => {
      const line: EditionData[] = [base];
      for (let next = base.base; next !== undefined; next = line.at(-1)?.base) {
        line.push(await api.get(`/editions/${next}`, "editionDataResponse"));
      }
      return line;
    },
    staleTime: Infinity,
  });
  const settled = useDeferredValue(data);
  return useMemo(
    () => bases.data && tracedSources([settled, ...bases.data]),
    [settled, bases.data],
  );
}

/** Of one table or sentence. */
export const sourcesOf = (
  items: readonly TracedItem[] | undefined,
  kind: TracedItem["kind"],
  id: string,
): TracedItem | undefined => items?.find((item) => item.kind === kind && item.id === id);
