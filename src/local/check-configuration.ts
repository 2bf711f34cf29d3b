import { AppConfig, ConfigurationFaults } from '../platform/config/app-config.js';
import { LaunchFault } from './launch.js';
import { productEnvironment, type Connections, type Surroundings } from './product-environment.js';
import type { Secrets } from './secrets.js';

/** Stands for what is not started yet when the configuration is checked. */
const NOT_YET: Connections = {
  databaseUrl: 'postgresql://127.0.0.1',
  migrationDatabaseUrl: null,
  redisUrl: 'redis://127.0.0.1',
  smtpUrl: null,
  smsGatewayUrl: null,
};

/** Every fault of the user's own settings at once, before anything is started. @throws LaunchFault */
export function checkConfiguration(
  env: NodeJS.ProcessEnv,
  surroundings: Surroundings,
  secrets: Secrets,
  filesFolder: string,
): void {
  const { databaseUrl, redisUrl, smtpUrl, smsGatewayUrl } = surroundings;
  const connections = {
    ...NOT_YET,
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(redisUrl ? { redisUrl } : {}),
    smtpUrl,
    smsGatewayUrl,
  };
  const { HOST: host = '127.0.0.1', PORT = '3000' } = env;
  const own = { secrets, filesFolder, host, port: 3000 };
  try {
    AppConfig.fromEnvironment({ ...productEnvironment(env, surroundings, connections, own), PORT });
  } catch (error) {
    if (error instanceof ConfigurationFaults) throw new LaunchFault(error.message);
    throw error;
  }
}
