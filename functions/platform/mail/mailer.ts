/** One message to one person. `id` is the same on every run of the effect it comes from. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail: by SMTP, or into a folder. Resolves only once the mail is out of our hands. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
