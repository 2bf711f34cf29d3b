import { describe, expect, it } from '@jest/globals';
import { maskEmail, maskPhone } from './contact-mask.js';

describe('a masked contact', () => {
  it.each([
    ['19912340001', '199****0001'],
    ['09151234567', '091****4567'],
    ['1234567', '****'],
    [null, null],
  ])('phone %s is %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

  it.each([
    ['user@ankang.example', 'u***@ankang.example'],
    ['a@b@c.example', 'a***@c.example'],
    ['no address', '***'],
    [null, null],
  ])('e-mail %s is %s', (email, masked) => expect(maskEmail(email)).toBe(masked));
});
