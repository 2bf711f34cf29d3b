import { PARAMETER_BOUNDS, parameterFaults, type ProductionParameters } from '../rules/parameters.js';

/** What cannot be taken of parameters that somebody wrote. */
export interface AskedFault {
  name: string;
  code:
    'PARAMETER_UNKNOWN' | 'PARAMETER_NOT_OF_ITS_KIND' | 'PARAMETER_OUT_OF_BOUNDS' | 'PARAMETERS_CONTRADICT';
  params: Record<string, number | string>;
}

/**
 * The parameters in force with some of them as asked, and everything that is wrong with what was asked.
 * @param asked whatever a file or a body holds: names with their values
 */
export function askedParameters(
  inForce: ProductionParameters,
  asked: Readonly<Record<string, unknown>>,
): { parameters: ProductionParameters; faults: AskedFault[] } {
  const faults = Object.entries(asked).flatMap(([name, value]): AskedFault[] => {
    if (!Object.hasOwn(inForce, name)) return [{ name, code: 'PARAMETER_UNKNOWN', params: { name } }];
    const kind = Object.hasOwn(PARAMETER_BOUNDS, name) ? 'number' : 'string';
    const isOfKind = typeof value === kind && (kind === 'string' || Number.isFinite(value));
    return isOfKind ? [] : [{ name, code: 'PARAMETER_NOT_OF_ITS_KIND', params: { name, kind } }];
  });
  if (faults.length > 0) return { parameters: inForce, faults };
  const parameters: ProductionParameters = { ...inForce, ...asked };
  return { parameters, faults: parameterFaults(parameters) };
}
