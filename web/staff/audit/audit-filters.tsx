import { useNavigate } from "@tanstack/react-router";
import { auditTypeName, auditSearchOf, type AuditSearch } from "./audit-search.ts";

/** Days, person, unit and act to look for; looked for when sent, and kept in the address. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate({ from: "/audit/$region" });
  return (
    <search>
      <form
        className="filters"
        key={JSON.stringify(search)}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          const fields = Object.fromEntries(new FormData(submitted.currentTarget));
          void navigate({ search: auditSearchOf(fields) });
        }}
      >
        <label>
          起
          <input type="date" name="from" defaultValue={search.from} required />
        </label>
        <label>
          止
          <input type="date" name="to" defaultValue={search.to} required />
        </label>
        <label>
          人员
          <input
            type="search"
            name="person"
            placeholder="姓名或账号"
            maxLength={60}
            defaultValue={search.person}
          />
        </label>
        <label>
          单位
          <input
            type="search"
            name="unit"
            placeholder="代码或名称"
            maxLength={60}
            defaultValue={search.unit}
          />
        </label>
        <label>
          事项
          <select name="type" aria-label="事项" defaultValue={search.type ?? ""}>
            <option value="">全部</option>
            {Object.entries(auditTypeName).map(([type, name]) => (
              <option key={type} value={type}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">查询</button>
      </form>
    </search>
  );
}
