import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { stageName } from "../../../shared/workflow/names.ts";
import { Choice } from "../app/choice.tsx";
import { havingName, stateChoices, type SeasonSearch } from "./season-search.ts";

/** What is looked for, kept in the address. */
export function SeasonFilters({ search }: { search: SeasonSearch }) {
  const typed = useRef<HTMLInputElement>(null);
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
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          const text = typed.current?.value.trim() ?? "";
          change({ text: text === "" ? undefined : text });
        }}
      >
        <label>
          单位
          <input
            ref={typed}
            type="search"
            placeholder="代码或名称"
            maxLength={60}
            defaultValue={search.text}
          />
        </label>
        <button type="submit">查找</button>
      </form>
      {Object.keys(search).some((name) => name !== "sort") && (
        <button
          type="button"
          className="link"
          onClick={() => {
            if (typed.current !== null) typed.current.value = "";
            change({ state: undefined, stage: undefined, having: undefined, text: undefined });
          }}
        >
          清除筛选
        </button>
      )}
    </search>
  );
}
