import path from 'node:path';
import { MailRecorder } from './mail-recorder.js';
import { RecorderPages } from './recorder-pages.js';
import { SmsRecorder } from './sms-recorder.js';

/** The recorders of the embedded mode; one is null where the real thing is configured. */
export interface Recorders {
  mail: MailRecorder | null;
  sms: SmsRecorder | null;
  pages: RecorderPages | null;
  close(): Promise<void>;
}

export interface RecorderPlan {
  folder: string;
  recordsMail: boolean;
  recordsSms: boolean;
  smsToken: string;
  pagePort: number;
}

export async function startRecorders(plan: RecorderPlan): Promise<Recorders> {
  const mail = plan.recordsMail
    ? await MailRecorder.start({ file: path.join(plan.folder, 'mails.jsonl') })
    : null;
  const sms = plan.recordsSms
    ? await SmsRecorder.start({ file: path.join(plan.folder, 'sms.jsonl'), token: plan.smsToken })
    : null;
  const pages = (mail ?? sms) ? await RecorderPages.start(mail, sms, plan.pagePort) : null;
  return {
    mail,
    sms,
    pages,
    close: async () => {
      await Promise.all([pages?.close(), mail?.close(), sms?.close()]);
    },
  };
}
