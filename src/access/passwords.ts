import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Without the letters and digits that are mistaken for each other. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const RANDOM_LENGTH = 23;

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

@Injectable()
export class Passwords {
  private readonly ofNobody = this.hash(this.random());

  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /** Takes the same work when there is no hash to compare with, so that an unknown user name answers no faster. */
  async verify(expected: string | undefined, password: string): Promise<boolean> {
    const isRight = await verify(expected ?? (await this.ofNobody), password);
    return isRight && expected !== undefined;
  }

  /** 133 bits of it. */
  random(): string {
    return Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  }
}
