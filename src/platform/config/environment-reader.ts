import { IANAZone } from 'luxon';
import addressparser from 'nodemailer/lib/addressparser';
import { readCertificates, readRsaPrivateKey } from './key-files.js';
import { readSealingKeys, SEALING_KEYS_FORM, type SealingKey } from '../personal-data/sealing-key.js';

/** All that is wrong with the configuration, one line each. */
export class ConfigurationFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationFaults';
  }
}

/** Reads variables one by one and remembers every fault, so that all are told at once. */
export class EnvironmentReader {
  private readonly faults: string[] = [];

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  text(name: string, fallback?: string): string {
    const value = this.environment[name]?.trim();
    if (value) return value;
    if (fallback === undefined) this.faults.push(`${name} is missing`);
    return fallback ?? '';
  }

  matching(name: string, fallback: string, pattern: RegExp, what: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value)) this.faults.push(`${name} must be ${what}`);
    return value;
  }

  secret(name: string, minimumLength: number): string {
    const value = this.text(name);
    if (value && value.length < minimumLength)
      this.faults.push(`${name} must have at least ${minimumLength} characters`);
    return value;
  }

  /** The value is not repeated in the fault. */
  sealingKeys(name: string): readonly SealingKey[] {
    const text = this.text(name);
    const keys = text ? readSealingKeys(text) : [];
    if (keys === null) this.faults.push(`${name} must be ${SEALING_KEYS_FORM}`);
    return keys ?? [];
  }

  /** What is in the file that the variable names. */
  rsaPrivateKey(name: string): string {
    const file = this.text(name);
    const key = file ? readRsaPrivateKey(file) : '';
    if (key === null)
      this.faults.push(`${name} must name a file with an RSA private key of 1024 bits or more, in PEM`);
    return key ?? '';
  }

  /** What is in the file that the variable names; `null` where none is named. */
  certificates(name: string): string | null {
    const file = this.text(name, '');
    if (!file) return null;
    const found = readCertificates(file);
    if (found === null) this.faults.push(`${name} must name a file with certificates in PEM`);
    return found;
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.text(name, String(fallback));
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      this.faults.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
      return fallback;
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    return this.oneOf(name, ['true', 'false'] as const, fallback ? 'true' : 'false') === 'true';
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const text = this.text(name, fallback);
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) this.faults.push(`${name} must be one of ${values.join(', ')}, not "${text}"`);
    return value ?? fallback;
  }

  /** Some of the values, beside those that always are; `none` is nothing at all. */
  anyOfBeside<Value extends string>(
    name: string,
    values: readonly Value[],
    always: readonly Value[],
  ): readonly Value[] {
    const text = this.text(name, always.join(','));
    if (text === 'none') return [];
    const named = text.split(',').map((part) => part.trim());
    const known = values.filter((value) => named.includes(value));
    if (known.length !== new Set(named).size)
      this.faults.push(`${name} must be none, or some of ${values.join(', ')}, not "${text}"`);
    return values.filter((value) => known.includes(value) || always.includes(value));
  }

  url(name: string, protocols: readonly string[]): string {
    const text = this.text(name);
    if (text) this.checkUrl(name, text, protocols);
    return text;
  }

  optionalUrl(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name, '');
    if (!text) return null;
    this.checkUrl(name, text, protocols);
    return text;
  }

  /** Settings that go together: where one variable with the prefix is set, all that are needed must be. */
  allOrNone<Settings>(prefix: string, read: (reader: this) => Settings): Settings | null {
    const isAnySet = Object.entries(this.environment).some(
      ([name, value]) => name.startsWith(prefix) && value?.trim(),
    );
    return isAnySet ? read(this) : null;
  }

  /** Values between commas. */
  list(name: string, isRight: (value: string) => boolean, what: string, fallback = ''): readonly string[] {
    const values = this.text(name, fallback)
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '');
    const wrong = values.filter((value) => !isRight(value));
    if (wrong.length > 0) this.faults.push(`${name} must list ${what}, not "${wrong.join(', ')}"`);
    return values;
  }

  /** `Name <user@host>` or `user@host`. */
  mailbox(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    const found = addressparser(value, { flatten: true });
    if (found.length !== 1 || !/^[^\s@]+@[^\s@]+$/.test(found[0]?.address ?? ''))
      this.faults.push(`${name} must be one e-mail address, not "${value}"`);
    return value;
  }

  timeZone(name: string, fallback: string): string {
    const zone = this.text(name, fallback);
    if (!IANAZone.isValidZone(zone)) this.faults.push(`${name} must be an IANA time zone, not "${zone}"`);
    return zone;
  }

  /** @throws ConfigurationFaults */
  finish(): void {
    if (this.faults.length > 0) throw new ConfigurationFaults(this.faults);
  }

  /** The value is not repeated in the fault: a URL may hold a password. */
  private checkUrl(name: string, text: string, protocols: readonly string[]): void {
    const protocol = URL.canParse(text) ? new URL(text).protocol : '';
    if (!protocols.includes(protocol))
      this.faults.push(`${name} must be a URL beginning with ${protocols.join(' or ')}//`);
  }
}
