import { Button } from "antd";
import { registryChangeText, type RegistryNames } from "../../../shared/registry/registry-words.ts";
import { useRegistryEvents, useRegistryVerification } from "../api/queries.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";

/** Who changed people, offices and years, from what to what, and whether anything was changed beside it. */
export function ChangesPanel({ region, names }: { region: string; names: RegistryNames }) {
  const changes = useRegistryEvents(region);
  const verification = useRegistryVerification(region);
  if (changes.isError) return <Failure error={changes.error} />;
  if (changes.data === undefined) return <Loading />;
  const events = changes.data.pages.flatMap(({ items }) => items);
  const verdict = verification.data;
  return (
    <section className="panel" aria-label="变更记录">
      <h2>
        变更记录
        {verdict !== undefined && (
          <span className={`chip beside ${verdict.intact ? "passed" : "failed"}`}>
            {verdict.intact
              ? `记录完整，共 ${String(verdict.events)} 条`
              : `有 ${String(verdict.faultCount)} 处与记录不符`}
          </span>
        )}
      </h2>
      {verdict?.intact === false && (
        <div className="notice error" role="alert">
          <ul>
            {verdict.faults.map(({ where, what }) => (
              <li key={where + what}>
                {where}：{what}
              </li>
            ))}
          </ul>
        </div>
      )}
      {events.length === 0 && (
        <p className="nothing">还没有变更记录；第一次变更时，先将原有登记纳入记录。</p>
      )}
      <ol className="history">
        {events.map(({ seq, event, hash }) => {
          const { deed, changes: lines } = registryChangeText(event, names);
          return (
            <li key={seq}>
              <strong>{event.byName}</strong> {deed}
              {lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
              <div className="quiet">
                {localTime(event.at)}，第 {seq} 条，校验码 {hash.slice(0, 12)}
              </div>
            </li>
          );
        })}
      </ol>
      {changes.hasNextPage && (
        <Button
          size="small"
          loading={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          更早的记录
        </Button>
      )}
    </section>
  );
}
