import { useRef } from "react";

/**
 * Looks for units by code or name, beside other filters that the address keeps; `isFiltered`: something is looked for
 * that can be cleared.
 */
export function FilterSearch({
  text,
  isFiltered,
  onSearch,
  onClear,
}: {
  text: string | undefined;
  isFiltered: boolean;
  onSearch: (text: string | undefined) => void;
  onClear: () => void;
}) {
  const typed = useRef<HTMLInputElement>(null);
  return (
    <>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          const wanted = typed.current?.value.trim() ?? "";
          onSearch(wanted === "" ? undefined : wanted);
        }}
      >
        <label>
          单位
          <input
            ref={typed}
            type="search"
            placeholder="代码或名称"
            maxLength={60}
            defaultValue={text}
          />
        </label>
        <button type="submit">查找</button>
      </form>
      {isFiltered && (
        <button
          type="button"
          className="link"
          onClick={() => {
            if (typed.current !== null) typed.current.value = "";
            onClear();
          }}
        >
          清除筛选
        </button>
      )}
    </>
  );
}
