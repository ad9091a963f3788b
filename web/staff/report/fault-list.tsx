import type { faultsOf } from "./faults.ts";

/** Every fault of a file that was not taken, at its place. */
export function FaultList({ file, faults }: { file: string; faults: ReturnType<typeof faultsOf> }) {
  return (
    <>
      <p>
        文件“{file}”有 {faults.length} 处问题，改正后重新导入：
      </p>
      <ul className="fault-list" tabIndex={0} aria-label="问题清单">
        {faults.map(({ where, message }, index) => (
          <li key={index}>
            <strong>{where}</strong>
            <br />
            {message}
          </li>
        ))}
      </ul>
    </>
  );
}
