import type { VerificationView } from "../../../shared/contract/responses.ts";

/** What was found by verifying everything that is stored of a report, in words. */
export function VerificationChip({ result }: { result: VerificationView }) {
  return (
    <span className={`chip ${result.intact ? "passed" : "failed"}`}>
      {result.intact
        ? `核对完整：${String(result.events)} 条记录、${String(result.files)} 个文件`
        : `核对出 ${String(result.faultCount)} 处问题`}
    </span>
  );
}

/** Each fault with its place, and what could not be verified; nothing where there is neither. */
export function VerificationFaults({ result }: { result: VerificationView }) {
  const { faults, faultCount, unchecked } = result;
  if (faultCount === 0 && unchecked.length === 0) return null;
  return (
    <section className="panel" role={faultCount > 0 ? "alert" : undefined}>
      {faultCount > 0 && (
        <>
          <h3>存储的内容与当时办理的不一致</h3>
          <p className="quiet">
            请不要继续办理本报告，并请系统管理员从备份恢复。未列出的部分核对无误。
          </p>
          <ul className="verification-faults">
            {faults.map(({ place, message }) => (
              <li key={`${place}${message}`}>
                <strong>{place}</strong>：{message}
              </li>
            ))}
          </ul>
          {faultCount > faults.length && (
            <p className="quiet">
              共 {faultCount} 处，这里列出前 {faults.length} 处。
            </p>
          )}
        </>
      )}
      {unchecked.length > 0 && (
        <details>
          <summary>{unchecked.length} 处无法核对（不是问题）</summary>
          <ul className="verification-faults">
            {unchecked.map(({ place, message }) => (
              <li key={`${place}${message}`}>
                {place}：{message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
