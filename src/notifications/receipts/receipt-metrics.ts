import { Counter } from 'prom-client';

export const smsReceipts = new Counter({
  name: 'shukun_sms_receipts_total',
  help: 'Receipts of SMS, by the way they came and what became of them; unchanged: said before, or no longer open.',
  labelNames: ['way', 'outcome'],
});
