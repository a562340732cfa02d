import { direct } from './models/direct';
import { heartbeats } from './models/heartbeats';
import { indirect } from './models/indirect';
import { lifeguard } from './models/lifeguard';
import { swim } from './models/swim';

export const variants = {
  heartbeats: {
    title: 'Heartbeats to all',
    describe: 'All tell all that they are there; a member that misses three is dead.',
    model: heartbeats,
  },
  direct: {
    title: 'One ping',
    describe: 'Pings one member per period; one that does not answer is dead.',
    model: direct,
  },
  indirect: {
    title: 'Ping and helpers',
    describe: 'Has others try too; one that answers none of them is dead.',
    model: indirect,
  },
  swim: {
    title: 'SWIM',
    describe: 'One that answers nobody is suspected, and dead unless it refutes that in time.',
    model: swim,
  },
  lifeguard: {
    title: 'SWIM with Lifeguard',
    describe: 'As SWIM, but probes more slowly and waits for others while it doubts itself.',
    model: lifeguard,
  },
} as const;
