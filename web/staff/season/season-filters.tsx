import { useNavigate } from "@tanstack/react-router";
import { stageName } from "../../../shared/workflow/names.ts";
import { Choice } from "../app/choice.tsx";
import { FilterSearch } from "../app/filter-search.tsx";
import { havingName, stateChoices, type SeasonSearch } from "./season-search.ts";

/** What is looked for, kept in the address. */
export function SeasonFilters({ search }: { search: SeasonSearch }) {
  const navigate = useNavigate({ from: "/progress/$region/$year" });
  const change = (changed: { [Name in keyof SeasonSearch]?: SeasonSearch[Name] | undefined }) => {
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined),
        ) as SeasonSearch,
      replace: true,
    });
  };
  return (
    <search className="filters">
      <Choice
        label="状态"
        names={stateChoices}
        value={search.state}
        onChange={(state) => {
          change({ state });
        }}
      />
      <Choice
        label="审核级次"
        names={stageName}
        value={search.stage}
        onChange={(stage) => {
          change({ stage });
        }}
      />
      <Choice
        label="情形"
        names={havingName}
        value={search.having}
        onChange={(having) => {
          change({ having });
        }}
      />
      <FilterSearch
        text={search.text}
        isFiltered={Object.keys(search).some((name) => name !== "sort")}
        onSearch={(text) => {
          change({ text });
        }}
        onClear={() => {
          change({ state: undefined, stage: undefined, having: undefined, text: undefined });
        }}
      />
    </search>
  );
}
