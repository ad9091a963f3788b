/** Log lines that alarm the operators wherever they are written; infra/aws waits for these very texts. */
export const alarmLines = {
  /** Its fields say which report, at which step and why. */
  givenUp: "An approved report could not be made public and was given up.",
  stillPublic: "What must leave the portal could not be removed; it is tried again.",
  /** Its fields say what was in the message. */
  unreadable: "A message could not be read and was given up.",
} as const;
