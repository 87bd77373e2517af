/** What was seen of the machine, as cases. What nobody could look at is neither good nor bad. Pure. */
import type { ProbeDone } from '../events.ts';
import type { CaseVerdict, Cause, Detail } from './case.ts';

export function probeCases(probes: readonly ProbeDone[]): readonly CaseVerdict[] {
  return probes.map((probe): CaseVerdict => {
    const { probe: step, title: name, observed = '', ms } = probe;
    const common = { step, name, details: detailsOf(probe), ms };
    switch (probe.state) {
      case 'pass':
        return { ...common, state: 'pass', why: '' };
      case 'warn':
        return { ...common, state: 'pass', why: observed };
      case 'fail':
        return { ...common, state: 'blocked', why: observed || name, cause: causeOf(probe) };
      case 'blocked':
        return {
          ...common,
          state: 'skipped',
          why: probe.blockedBy === undefined ? 'It could not be looked at.' : `${probe.blockedBy} stands in its way.`,
          ...(probe.blockedBy !== undefined && { blockedBy: probe.blockedBy }),
        };
      case 'unknown':
        return { ...common, state: 'skipped', why: observed || 'It could not be seen.' };
    }
  });
}

function causeOf({ code, title, observed, explanation, hints }: ProbeDone): Cause {
  // a cause of the catalogue has a sentence of its own
  const message = observed === undefined ? title : code === undefined ? `${title}: ${observed}` : observed;
  return { code: code ?? 'check-failed', message, ...(explanation !== undefined && { explanation }), hints };
}

function detailsOf({ observed, explanation, hints, evidence }: ProbeDone): readonly Detail[] {
  return [
    ...(observed === undefined ? [] : [{ label: 'observed' as const, text: observed }]),
    ...(explanation === undefined ? [] : [{ label: 'explanation' as const, text: explanation }]),
    ...hints.map((text) => ({ label: 'mend it' as const, text })),
    ...(evidence.length === 0 ? [] : [{ label: 'evidence' as const, text: evidence.join('\n') }]),
  ];
}
