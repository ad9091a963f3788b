import { useRef, useState, type DragEvent, type ReactNode } from "react";

/** An area that takes files dropped on it; folders are named and left out. */
export function DropArea({
  disabled,
  onFiles,
  onFolders,
  children,
}: {
  disabled: boolean;
  onFiles: (files: readonly File[]) => void;
  onFolders: (names: readonly string[]) => void;
  children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  /** Elements within are entered before those around them are left. */
  const depth = useRef(0);
  const isOfFiles = ({ dataTransfer }: DragEvent) =>
    !disabled && dataTransfer.types.includes("Files");
  const enter = (by: 1 | -1) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    if (!isOfFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const { files, folders } = contentOf(event.dataTransfer);
    if (files.length > 0) onFiles(files);
    if (folders.length > 0) onFolders(folders);
  };
  return (
    <div
      className="drop-area"
      onDragEnter={(event) => isOfFiles(event) && enter(1)}
      onDragLeave={(event) => isOfFiles(event) && enter(-1)}
      onDragOver={(event) => {
        if (!isOfFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }}
      onDrop={drop}
    >
      {children}
      {isOver && <p className="drop-here">松开即上传，可一次放入多个文件</p>}
    </div>
  );
}

function contentOf({ items, files }: DataTransfer) {
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  const isFolder = (index: number) => entries[index]?.isDirectory === true;
  const all = [...files];
  return {
    files: all.filter((_, index) => !isFolder(index)),
    folders: all.filter((_, index) => isFolder(index)).map(({ name }) => name),
  };
}
