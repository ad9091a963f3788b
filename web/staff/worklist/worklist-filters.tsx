import { useNavigate } from "@tanstack/react-router";
import { Choice } from "../app/choice.tsx";
import { FilterSearch } from "../app/filter-search.tsx";
import { havingName, orderName, type WorklistSearch } from "./worklist-search.ts";

export type ChangeSearch = (changed: {
  [Name in keyof WorklistSearch]?: WorklistSearch[Name] | undefined;
}) => void;

/** Changes what the worklist's address asks for. */
export function useChangeSearch(): ChangeSearch {
  const navigate = useNavigate({ from: "/" });
  return (changed) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined),
        ) as WorklistSearch,
      replace: true,
    });
}

/** Which reports of the list, and in which order, kept in the address. */
export function WorklistFilters({ search }: { search: WorklistSearch }) {
  const change = useChangeSearch();
  return (
    <search className="filters">
      <Choice
        label="情形"
        names={havingName}
        value={search.having}
        onChange={(having) => {
          change({ having });
        }}
      />
      <Choice
        label="排序"
        names={orderName}
        none="期限早的在前"
        value={search.sort}
        onChange={(sort) => {
          change({ sort });
        }}
      />
      <FilterSearch
        text={search.text}
        isFiltered={search.having !== undefined || search.text !== undefined}
        onSearch={(text) => {
          change({ text });
        }}
        onClear={() => {
          change({ having: undefined, text: undefined });
        }}
      />
    </search>
  );
}
