import { AnswerCheck } from './answers.js';
import { Draw } from './draw.js';
import type { FuzzedProduct } from './fuzzed-product.js';
import { attack } from './hostile.js';
import { Mutations } from './mutations.js';
import { type Operation, operationsOf, resolved } from './operations.js';
import { Requests, type Wire, wireOf } from './requests.js';
import { Values } from './values.js';
import { type Answer, isCutOff, Sender } from './wire.js';

/** Codes of faults that a schema can tell of. */
const MISSHAPEN = /^FIELD_(IS|MATCHES|MAX|MIN|ARRAY_M|ARRAY_N|UNKNOWN)/;
const KINDS = ['valid', 'mutated', 'hostile'] as const;
type Kind = (typeof KINDS)[number];
/** Requests of such a round for each of them. */
const AGAIN = 24;
/** One of so many goes to all operations of their collections. */
const KIN_EVERY = 6;

interface Case {
  wire: Wire;
  /** In words. */
  what: string;
  /** The document does not allow it. */
  isForbidden: boolean;
  /** The document allows it. */
  isValid: boolean;
}
export interface Finding {
  fault: string;
  /** What to send to see it. */
  request: string;
}
export interface Outcome {
  requests: number;
  findings: Finding[];
  /** Operations that were never answered with success. */
  unreached: string[];
  /** How often each status was answered, by kind of request. */
  statuses: Record<string, number>;
}

/** Sends every operation valid, mutated and hostile requests, and holds each answer to the document. */
export class Fuzz {
  private readonly operations: readonly Operation[];
  private readonly check: AnswerCheck;
  private readonly requests: Requests;
  private readonly mutations: Mutations;
  private readonly sender: Sender;
  private readonly findings: Finding[] = [];
  private readonly reached = new Set<string>();
  private readonly statuses: Record<string, number> = {};
  private sent = 0;

  constructor(
    private readonly product: FuzzedProduct,
    private readonly seed: number,
  ) {
    const { document, known, values, callers } = product;
    this.operations = operationsOf(document);
    this.check = new AnswerCheck(document);
    this.requests = new Requests(known, new Values(document, known, values), callers.roles);
    this.mutations = new Mutations(document);
    this.sender = new Sender(product.url);
  }

  /**
   * @param runs requests of each kind for each operation
   * @param patience further rounds of valid requests for the operations that none of them was a success of
   */
  async run(runs: number, patience = 0): Promise<Outcome> {
    for (let run = 1; run <= runs; run += 1) {
      if (run > 1) await this.product.addSubjects();
      await this.lookAround(run);
      for (const operation of new Draw(this.seed, run).shuffled(this.operations)) {
        for (const kind of KINDS) await this.ask(this.made(operation, kind, run), kind, run);
      }
    }
    for (let round = 1; round <= patience; round += 1) await this.askAgain(runs + round);
    this.sender.close();
    return {
      requests: this.sent,
      findings: this.findings,
      unreached: this.operations.map(({ name }) => name).filter((name) => !this.reached.has(name)),
      statuses: this.statuses,
    };
  }

  /** Asks again for what was no success yet, of things as they are by then. */
  private async askAgain(run: number): Promise<void> {
    const left = this.operations.filter(({ name }) => !this.reached.has(name));
    if (left.length === 0) return;
    await this.product.addSubjects();
    await this.lookAround(run);
    const collections = new Set(left.map(({ path }) => path.split('/')[3]));
    const kin = this.operations.filter(({ path }) => collections.has(path.split('/')[3]));
    for (let at = 0; at < AGAIN; at += 1) {
      // What they need may be what one of their kin makes or shows.
      for (const operation of at % KIN_EVERY === 0 ? kin : left.filter(({ name }) => !this.reached.has(name)))
        await this.ask(this.made(operation, 'valid', run + at / AGAIN), 'valid', run + at / AGAIN);
    }
  }

  /** Reads every list as everyone who may, so that it is known what is there and what may be done with it. */
  private async lookAround(run: number): Promise<void> {
    const lists = this.operations.filter(
      ({ method, path, roles }) => method === 'GET' && !path.includes('{') && roles.length > 0,
    );
    for (const list of lists) {
      for (const role of list.roles)
        await this.ask(
          { wire: wireOf(this.requests.plain(list, role)), what: 'plain', isForbidden: false, isValid: true },
          'valid',
          run,
        );
    }
  }

  private async ask(made: Case, kind: Kind, run: number): Promise<void> {
    const { wire } = made;
    const { operation } = wire;
    if (wire.role !== null) {
      const { client } = await this.product.callers.of(wire.role);
      wire.headers = { authorization: `Bearer ${client.token}`, ...wire.headers };
    }
    const answer = await this.sender.send(wire);
    this.sent += 1;
    const faults =
      typeof answer === 'string'
        ? [answer].filter((fault) => !isCutOff(wire, fault))
        : this.judged(made, answer);
    for (const fault of faults) {
      const origin = `FUZZ_SEED=${this.seed}, ${operation.name}, ${kind} request ${run} (${made.what})`;
      this.findings.push({
        fault: `${operation.name}: ${fault}`,
        request: `${origin}\n${written(wire, answer)}`,
      });
    }
    if (typeof answer !== 'string') this.learn(made, answer, kind);
  }

  private made(operation: Operation, kind: Kind, run: number): Case {
    const draw = new Draw(this.seed, operation.name, kind, run);
    const draft = this.requests.valid(draw, operation);
    if (kind === 'valid')
      return { wire: wireOf(draft), what: 'as documented', isForbidden: false, isValid: true };
    if (kind === 'hostile') {
      const { name, wire } = attack(draw, draft);
      return { wire, what: name, isForbidden: false, isValid: false };
    }
    const what = this.mutations.mutate(draw, draft);
    const isJson = operation.body?.mediaType === 'application/json';
    const isForbidden =
      isJson && this.check.faultsOfBody(operation, JSON.parse(JSON.stringify(draft.body ?? {}))).length > 0;
    return { wire: wireOf(draft), what, isForbidden, isValid: false };
  }

  private judged({ wire, isForbidden, isValid }: Case, answer: Answer): string[] {
    const faults = this.check.faultsOf(wire.operation, wire.method, answer);
    const misshapen = isValid ? this.misshapen(wire.operation, answer) : [];
    faults.push(...misshapen.map((fault) => `the document does not say that ${fault}`));
    if (isForbidden && answer.status < 300) faults.push('it takes what the document forbids');
    return faults;
  }

  /** What was refused for its shape alone. That fields need or exclude each other is beyond a schema. */
  private misshapen({ body }: Operation, answer: Answer): string[] {
    if (answer.status !== 400) return [];
    const { properties = {} } = resolved(this.product.document, body?.schema ?? {});
    const isOpen = (pointer: string): boolean =>
      properties[pointer.split('/')[1] ?? '']?.additionalProperties === true;
    const errors: Array<{ pointer: string; code: string }> = JSON.parse(answer.body.toString()).errors;
    return errors
      .filter(({ code, pointer }) => MISSHAPEN.test(code) && !isOpen(pointer))
      .map(({ pointer, code }) => `${pointer} ${code}`);
  }

  private learn({ wire }: Case, answer: Answer, kind: Kind): void {
    const { operation, role } = wire;
    this.statuses[`${kind} ${answer.status}`] = (this.statuses[`${kind} ${answer.status}`] ?? 0) + 1;
    const isJson = answer.headers['content-type']?.startsWith('application/json') === true;
    const body: unknown = isJson && answer.body.length > 0 ? JSON.parse(answer.body.toString()) : undefined;
    // The session has ended: by this request, or by one before it.
    const hasOurToken =
      role !== null && (answer.status === 401 || /auth\/(logout|password)$/.test(operation.path));
    if (hasOurToken) this.product.callers.forget(role);
    if (answer.status >= 300 || wire.method !== operation.method) return;
    this.reached.add(operation.name);
    if (role !== null) this.product.known.learn(wire.path.split('?')[0] ?? '', body, role);
    const { refreshToken } = Object(body);
    if (typeof refreshToken === 'string') this.product.refreshTokens.push(refreshToken);
  }
}

/** A request and its answer, so that they can be read and sent again. */
function written({ method, path, role, headers, body }: Wire, answer: Answer | string): string {
  const { authorization, ...others } = headers;
  const token = authorization === undefined ? '' : ' with a token';
  const sent = body === null ? '' : `\n${cut(body)}`;
  const told = typeof answer === 'string' ? answer : `${answer.status} ${cut(answer.body)}`;
  return `${method} ${path.slice(0, 500)} as ${role ?? 'nobody'}${token}\n${JSON.stringify(others).slice(0, 800)}${sent}\n→ ${told}`;
}

const cut = (content: Buffer): string => content.toString().slice(0, 800);
