import { describe, expect, it } from '@jest/globals';
import { attachment } from './attachment.js';
import { requireHonestType } from './declared-type.js';

const verdict = (mediaType: string, fileName: string, declaredType = 'application/octet-stream'): string => {
  try {
    requireHonestType(mediaType, { fileName, declaredType });
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what a file says of itself', () => {
  it.each([
    ['application/pdf', '证明.pdf', 'application/pdf'],
    ['application/pdf', '证明.PDF', ''],
    ['image/jpeg', '现场.jpeg', 'image/jpeg'],
    ['application/zip', '台账.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['application/x-ole-storage', '报告.doc', 'application/msword'],
    ['text/plain', '用电.csv', 'application/vnd.ms-excel'],
    ['text/plain', '说明.txt', 'text/plain; charset=utf-8'],
    ['text/plain', 'file', ''],
  ])('%s named %s and declared %s is taken', (mediaType, name, declared) => {
    expect(verdict(mediaType, name, declared)).toBe('taken');
  });

  it.each([
    ['text/plain', '证明.pdf', '', 'FILE_TYPE_LIES'],
    ['application/zip', '现场.jpg', '', 'FILE_TYPE_LIES'],
    ['image/png', '现场.png', 'application/pdf', 'FILE_TYPE_LIES'],
    ['text/plain', '说明.txt', 'text/html', 'FILE_TYPE_LIES'],
    ['text/plain', '说明.html', '', 'FILE_TYPE_REFUSED'],
    ['application/pdf', '证明.pdf.exe', '', 'FILE_TYPE_REFUSED'],
    ['application/x-executable', 'a.txt', '', 'FILE_TYPE_REFUSED'],
  ])('%s named %s and declared %j is refused: %s', (mediaType, name, declared, code) => {
    expect(verdict(mediaType, name, declared)).toBe(code);
  });
});

it('names a download so that no header breaks on it', () => {
  expect(attachment(`证明 (1)'*".pdf`)).toBe(
    `attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%281%29%27%2A%22.pdf`,
  );
});
