import { Modal } from "antd";
import { differencesBetween } from "../../../shared/editions/differences.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { useEdition } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading } from "../app/placeholders.tsx";

/** What one version of an edition (报表版式) has otherwise than another, in words. */
export function EditionChangesDialog({
  before,
  after,
  onClose,
}: {
  before: string;
  after: string;
  onClose: () => void;
}) {
  const old = useEdition(before).data;
  const current = useEdition(after).data;
  return (
    <Modal open width={760} title="新版本的变化" footer={null} onCancel={onClose}>
      {old === undefined || current === undefined ? (
        <Loading />
      ) : (
        <DataTable
          label="新版本的变化"
          rows={differencesBetween(editionData(old), editionData(current))}
          empty="没有变化。"
          keyOf={(_, index) => String(index)}
          columns={[
            { title: "处", cell: ({ place }) => place.join(" · ") },
            { title: "原为", cell: (one) => one.before ?? "（没有）" },
            { title: "现为", cell: (one) => one.after ?? "（删去）" },
          ]}
        />
      )}
    </Modal>
  );
}
