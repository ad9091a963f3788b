import { useQuery } from "@tanstack/react-query";
import { Modal, Select } from "antd";
import { useState } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { refusalText, useOfferedEditions } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { withTaken, type AddedForm } from "./changed-data.ts";

/** Takes a table of another edition over, with the relations that are of it alone. */
export function TakeForm({
  region,
  data,
  onTake,
  onClose,
}: {
  region: string;
  data: EditionData;
  onTake: (added: AddedForm) => void;
  onClose: () => void;
}) {
  const { api } = useSigned();
  const offered = useOfferedEditions(region);
  const [edition, setEdition] = useState<string>();
  const [table, setTable] = useState<string>();
  const from = useQuery({
    queryKey: ["edition-data", edition],
    queryFn: () => api.get(`/editions/${edition ?? ""}`, "editionDataResponse"),
    enabled: edition !== undefined,
    staleTime: Infinity,
  });
  const form = from.data?.forms.find(({ id }) => id === table);
  const failed = offered.error ?? from.error;
  return (
    <Modal
      open
      title="从别的版式取表"
      okText="取来"
      cancelText="不取"
      okButtonProps={{ disabled: form === undefined }}
      onCancel={onClose}
      onOk={() => {
        if (from.data !== undefined && form !== undefined) onTake(withTaken(data, from.data, form));
      }}
    >
      <div className="edition-stack">
        <label>
          版式
          <Select
            showSearch={{ optionFilterProp: "label" }}
            value={edition ?? null}
            options={(offered.data?.items ?? []).map(({ id, name }) => ({
              value: id,
              label: name,
            }))}
            onChange={(id) => {
              setEdition(id);
              setTable(undefined);
            }}
          />
        </label>
        <label>
          报表
          <Select
            showSearch={{ optionFilterProp: "label" }}
            loading={from.isFetching}
            disabled={from.data === undefined}
            value={table ?? null}
            options={(from.data?.forms ?? []).map(({ id, number, title }) => ({
              value: id,
              label:
                `${number ?? ""} ${title}${data.forms.some((one) => one.title === title) ? "（本版式已有同名的表）" : ""}`.trim(),
            }))}
            onChange={setTable}
          />
        </label>
        <p className="quiet">
          表样、附注和只涉及本版式已有各表的勾稽关系一并取来，取来后可再修改。
        </p>
        {failed !== null && (
          <p className="template-fault" role="alert">
            {refusalText(failed)}
          </p>
        )}
      </div>
    </Modal>
  );
}
