import { checkConfiguration } from './check-configuration.js';
import type { Children } from './children.js';
import { describe, writeJson, type DataFolder } from './data-folder.js';
import {
  exampleAccounts,
  loadExample,
  loadState,
  makeAdministrators,
  saveState,
  type Administrator,
  type State,
} from './first-start.js';
import { LaunchFault, type Launch } from './launch.js';
import type { StartOptions } from './options.js';
import { reservePort, type Reservation } from './ports.js';
import { clearPostmaster } from './postmaster.js';
import { Product } from './product.js';
import {
  productEnvironment,
  reachableHost,
  readSurroundings,
  type Connections,
  type Surroundings,
} from './product-environment.js';
import type { Recorders } from './recorders.js';
import { loadSecrets, type Secrets } from './secrets.js';
import { startServices } from './services.js';
import { firstStartText, whereToGo, type RunFile } from './summary.js';

interface Address {
  url: string;
  reservation: Reservation;
  product: Product;
}

/** The product with its surroundings on this machine, from nothing to the printed summary. */
export class LocalProduct {
  private readonly surroundings: Surroundings;
  private recorders: Recorders | null = null;

  constructor(
    private readonly launch: Launch,
    private readonly options: StartOptions,
    private readonly data: DataFolder,
    private readonly children: Children,
  ) {
    this.surroundings = readSurroundings(launch.env);
  }

  async bringUp(): Promise<'up'> {
    const { launch, data, children, surroundings } = this;
    // A script that waits for this file must not find the last start's.
    data.forgetRun();
    await children.stopOrphans();
    if (this.options.isFresh) await this.#beginAnew();
    const secrets = loadSecrets(data.secretsFile);
    const state = loadState(data);
    const isFirst = state.example !== 'loaded';
    this.#decideExample(state);
    checkConfiguration(launch.env, surroundings, secrets, data.files);

    const services = await startServices({
      launch,
      data,
      children,
      secrets,
      surroundings,
      ports: state.ports,
    });
    this.recorders = services.recorders;
    state.ports = services.ports;
    saveState(data, state);

    const address = await this.#reserveAddress(secrets, services.connections);
    const { product } = address;
    await launch.progress.step('database migrated', async () => void (await product.command('migrate')));
    const administrators = await this.#administrators(product, state);
    await loadExample(product, data, state, launch.progress);
    // After the ledger, so that the example department and leader are some that have work.
    const accounts = surroundings.isEmbedded ? await exampleAccounts(product, data, launch.progress) : [];
    const api = await this.#startApi(address, secrets, services.connections);

    const run = this.#runFile(api, services.connections, accounts);
    writeJson(data.runFile, run);
    console.log(firstStartText(data, isFirst));
    console.log(whereToGo(run, data, administrators));
    state.administrators = [];
    saveState(data, state);
    return 'up';
  }

  async close(): Promise<void> {
    await this.recorders?.close();
  }

  async #beginAnew(): Promise<void> {
    await clearPostmaster(this.data.postgres);
    const { isEmbedded } = this.surroundings;
    this.data.empty(isEmbedded);
    if (!isEmbedded) {
      this.launch.progress.note(
        '--fresh empties the data folder; the database of DATABASE_URL stays as it is, and so do the secrets',
      );
    }
  }

  /** Decided once for a data folder, before anything is written to the database. */
  #decideExample(state: State): void {
    const { recordsMail, recordsSms, isEmbedded } = this.surroundings;
    if (state.example === 'undecided') {
      // The example's people are invented; their addresses may be somebody's.
      const isHarmless = isEmbedded && recordsMail && recordsSms;
      state.example = isHarmless && !this.options.isEmpty ? 'wanted' : 'left_out';
      saveState(this.data, state);
      if (isEmbedded && !isHarmless) {
        this.launch.progress.note(
          'no example ledger: messages would really be sent (SMTP_URL or SMS_GATEWAY_URL is set)',
        );
      }
    } else if (this.options.isEmpty && state.example !== 'left_out') {
      this.launch.progress.note(
        '--empty: this data folder already has the example ledger; add --fresh to begin without it',
      );
    }
  }

  /** An address for the API, held until the API starts, and the product that will have it. */
  async #reserveAddress(secrets: Secrets, connections: Connections): Promise<Address> {
    const { launch, surroundings, data, children } = this;
    const host = launch.env.HOST?.trim() || '127.0.0.1';
    const wanted = Number(launch.env.PORT?.trim() || '3000');
    const reservation = await reservePort(host, wanted).catch((error: unknown) => {
      throw new LaunchFault(`The API cannot listen on HOST ${host}: ${describe(error)}`);
    });
    const { port } = reservation;
    if (wanted !== 0 && port !== wanted) {
      launch.progress.note(`port ${wanted} is busy; the API takes ${port} (PORT chooses another)`);
    }
    const own = { secrets, filesFolder: data.files, host, port };
    const env = productEnvironment(launch.env, surroundings, connections, own);
    writeJson(data.environmentFile, decidedHere(env, launch.env));
    const url = `http://${reachableHost(host)}:${port}`;
    return { url, reservation, product: new Product(launch.root, children, env) };
  }

  async #startApi(first: Address, secrets: Secrets, connections: Connections): Promise<string> {
    let address = first;
    const start = async (): Promise<boolean> => {
      await address.reservation.release();
      return address.product.startApi(address.url);
    };
    // Another program may take the port between its release and the API's hold of it.
    for (let attempt = 1; !(await this.launch.progress.step('API and worker', start)); attempt += 1) {
      if (attempt === 3) throw new LaunchFault('The API found its port taken three times.');
      address = await this.#reserveAddress(secrets, connections);
    }
    return address.url;
  }

  /** None once they were told; a start killed before that tells them again. An embedded database is asked only once. */
  async #administrators(product: Product, state: State): Promise<Administrator[]> {
    if (!this.surroundings.isEmbedded || !state.isAdministratorMade) {
      state.administrators = [...state.administrators, ...(await makeAdministrators(product))];
      state.isAdministratorMade = true;
      saveState(this.data, state);
    }
    return state.administrators;
  }

  #runFile(api: string, connections: Connections, accounts: RunFile['accounts']): RunFile {
    const { pages, mail, sms } = this.recorders ?? { pages: null, mail: null, sms: null };
    return {
      api,
      mail: pages && mail ? `${pages.url}/mails` : null,
      sms: pages && sms ? `${pages.url}/sms` : null,
      databaseUrl: connections.databaseUrl,
      redisUrl: connections.redisUrl,
      accounts,
    };
  }
}

/** What the launcher adds to the user's own environment. */
function decidedHere(env: NodeJS.ProcessEnv, users: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => users[name] !== value));
}
