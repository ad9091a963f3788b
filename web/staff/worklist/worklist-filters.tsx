import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { Choice } from "../app/choice.tsx";
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
  const typed = useRef<HTMLInputElement>(null);
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
      {(search.having !== undefined || search.text !== undefined) && (
        <button
          type="button"
          className="link"
          onClick={() => {
            if (typed.current !== null) typed.current.value = "";
            change({ having: undefined, text: undefined });
          }}
        >
          清除筛选
        </button>
      )}
    </search>
  );
}
