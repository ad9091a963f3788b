import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import type { Reminders } from "../../../shared/contract/responses.ts";
import { refusalText } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";

/** Who is written to about some nodes (催办), with which words, and who is not; nothing is sent before it is confirmed. */
export function RemindDialog({
  region,
  year,
  orgCodes,
  onClose,
}: {
  region: string;
  year: number;
  orgCodes: readonly string[];
  onClose: (outcome: "sent" | "left") => void;
}) {
  const { api } = useSigned();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const send = (preview: boolean) =>
    api.send(
      "POST",
      `/regions/${region}/years/${String(year)}/reminders`,
      { orgCodes, preview },
      "remindersResponse",
    );
  const preview = useQuery({
    queryKey: ["reminders", region, year, orgCodes],
    queryFn: () => send(true),
    gcTime: 0,
  });
  const letters = preview.data?.letters ?? [];
  const remind = () => {
    setSending(true);
    send(false)
      .then(({ nodes, letters: sent }) => {
        message.success(`已催办 ${String(nodes)} 个单位，写信给 ${String(sent.length)} 人。`);
        void queries.invalidateQueries({ queryKey: ["progress", region] });
        onClose("sent");
      })
      .catch((error: unknown) => message.error(refusalText(error)))
      .finally(() => {
        setSending(false);
      });
  };
  return (
    <Modal
      open
      title={`催办 ${String(orgCodes.length)} 个单位`}
      okText="发送邮件"
      cancelText="取消"
      width={640}
      confirmLoading={isSending}
      okButtonProps={{ disabled: letters.length === 0 }}
      onOk={remind}
      onCancel={() => {
        onClose("left");
      }}
    >
      {preview.data === undefined ? (
        preview.isError ? (
          <Failure error={preview.error} />
        ) : (
          <Loading />
        )
      ) : (
        <Preview reminders={preview.data} />
      )}
    </Modal>
  );
}

function Preview({ reminders: { letters, nodes, skipped } }: { reminders: Reminders }) {
  const [first] = letters;
  return (
    <>
      {first === undefined ? (
        <p>所选单位都不需要或不能催办。</p>
      ) : (
        <>
          <p>
            就 {nodes} 个单位写信给 {letters.length} 人：
            {letters
              .map(({ name, reachable }) => (reachable ? name : `${name}（没有登记邮箱）`))
              .join("、")}
            。邮件末尾附办理地址；催办记入审计记录。
          </p>
          <p className="quiet">
            致{first.name}的邮件：{first.subject}
          </p>
          <pre className="letter">{first.text}</pre>
        </>
      )}
      {skipped.length > 0 && (
        <>
          <p>以下单位不催办：</p>
          <ul className="fault-list">
            {skipped.map(({ orgCode, message }) => (
              <li key={orgCode}>
                {orgCode}：{message}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
