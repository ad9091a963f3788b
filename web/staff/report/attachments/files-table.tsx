import { Button, Checkbox } from "antd";
import { fileTypeName } from "../../../../shared/document/titles.ts";
import type { Attachment } from "../../../../shared/report/sections.ts";
import { isShownType } from "../../../../shared/report/shown-type.ts";
import { DataTable } from "../../app/data-table.tsx";
import { sizeText } from "./upload-file.ts";

/** The attached files: looked at, disclosed or kept back, removed. */
export function FilesTable({
  files,
  editable,
  onOpen,
  onDisclose,
  onRemove,
}: {
  files: readonly Attachment[];
  editable: boolean;
  onOpen: (file: Attachment) => void;
  onDisclose: (file: Attachment, disclosed: boolean) => void;
  onRemove: (file: Attachment, index: number) => void;
}) {
  return (
    <DataTable
      label="附件"
      rows={files}
      empty={
        editable
          ? "还没有附件。把文件拖到这里，或按“上传附件”选择；可以上传 PDF、图片、表格和文档，每个不超过 20 MB。"
          : "没有附件。"
      }
      keyOf={({ sha256 }) => sha256}
      columns={[
        {
          title: "文件",
          cell: (file) => (
            <button
              type="button"
              className="link"
              title={isShownType(file.contentType) ? "预览" : "下载"}
              onClick={() => onOpen(file)}
            >
              {file.name}
            </button>
          ),
        },
        { title: "类型", width: 110, cell: ({ contentType }) => fileTypeName(contentType) },
        {
          title: "大小",
          width: 100,
          align: "right",
          cell: ({ sizeBytes }) => sizeText(sizeBytes),
        },
        {
          title: "随报告公开",
          width: 110,
          cell: (file) => (
            <Checkbox
              aria-label={`${file.name}随报告公开`}
              checked={file.disclosed}
              disabled={!editable}
              onChange={({ target }) => onDisclose(file, target.checked)}
            />
          ),
        },
        ...(editable
          ? [
              {
                title: "操作",
                width: 80,
                cell: (file: Attachment, index: number) => (
                  <Button
                    type="text"
                    size="small"
                    aria-label={`移除${file.name}`}
                    onClick={() => onRemove(file, index)}
                  >
                    移除
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
